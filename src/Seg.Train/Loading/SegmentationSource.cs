using Seg.Models;
using Seg.Train.Datasets;
using Seg.Train.Transforms;
using static TorchSharp.torch;

namespace Seg.Train.Loading;

/// <summary>Augmented crops of images and their masks: uint8 (H, W) targets.</summary>
internal sealed class SegmentationSource : IBatchSource
{
    private readonly ISegmentationDataset dataset;
    private readonly TrainTransform transform;

    /// <exception cref="InputException">There are no images, or they have no labels.</exception>
    public SegmentationSource(ISegmentationDataset dataset, AugmentationConfig augmentation, Normalization normalization)
    {
        if (dataset.Count == 0)
            throw new InputException("The data set has no images to train on.");
        if (!dataset.HasLabels)
            throw new InputException($"The images beside '{dataset.Name(0)}' have no labels to train on; choose another split.");
        this.dataset = dataset;
        transform = new TrainTransform(augmentation, normalization, dataset.Labels.IgnoreIndex, dataset.MirroredClasses);
        Layout = new(transform.Height, transform.Width, new(ScalarType.Byte, transform.Height, transform.Width));
    }

    public int Count => dataset.Count;

    public BatchLayout Layout { get; }

    public string Name(int index) => dataset.Name(index);

    public void Fill(int index, SplitMix64 random, BatchBuffer buffer, int sample) =>
        transform.Apply(dataset, index, random, buffer.Image(sample), buffer.Main<byte>(sample));
}
