using OpenCvSharp;
using Seg.Models;
using Seg.Train.Datasets;

namespace Seg.Train.Tests.Datasets;

/// <summary>Pictures made on demand: noise, with labels 0–2 in upright stripes. Counts the reads; one picture may be faulty.</summary>
internal sealed class MemoryDataset(int count, int width = 40, int height = 30, int faulty = -1, Exception? fault = null)
    : ISegmentationDataset
{
    public int[] Reads { get; } = new int[count];

    public int Count => count;

    public LabelSet Labels { get; } = new() { Names = ["a", "b", "c"], Colors = [new(255, 0, 0), new(0, 255, 0), new(0, 0, 255)] };

    public bool HasLabels { get; init; } = true;

    public string Name(int index) => $"memory/{index}.png";

    public (Mat Image, Mat Labels) Read(int index)
    {
        Interlocked.Increment(ref Reads[index]);
        if (index == faulty)
            throw fault ?? new InputException($"'{Name(index)}' is faulty.");
        return (Pictures.Noise(width, height, seed: index), Pictures.Mask(width, height, (x, _) => (x / 8 + index) % 3));
    }
}
