using Seg.Models;
using Seg.Models.Codecs;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Transforms;
using static TorchSharp.torch;

namespace Seg.Train.Loading;

/// <summary>Augmented crops of people: what the codec encodes as targets, and a weight for each keypoint.</summary>
internal sealed class PoseSource : IBatchSource
{
    private readonly IKeypointDataset dataset;
    private readonly PoseTransform transform;

    /// <exception cref="InputException">There are no people, or they have no keypoints.</exception>
    public PoseSource(IKeypointDataset dataset, PoseAugmentationConfig augmentation, Normalization normalization, KeypointCodec codec)
    {
        if (dataset.Count == 0)
            throw new InputException("The data set has no people to train on.");
        if (!dataset.HasKeypoints)
            throw new InputException($"The people beside '{dataset.Name(0)}' have no keypoints to train on; train on annotations, not on detections.");
        this.dataset = dataset;
        transform = new PoseTransform(augmentation, normalization, codec);
        Layout = new(
            codec.InputSize.Height, codec.InputSize.Width, new(ScalarType.Float32, [.. codec.TargetShape.Select(extent => (long)extent)]),
            new(ScalarType.Float32, codec.Keypoints.Count));
    }

    public int Count => dataset.Count;

    public BatchLayout Layout { get; }

    public string Name(int index) => dataset.Name(index);

    public void Fill(int index, SplitMix64 random, BatchBuffer buffer, int sample)
    {
        using var person = dataset.Read(index);
        transform.Apply(person, random, buffer.Image(sample), buffer.Main<float>(sample), buffer.Weights(sample));
    }
}
