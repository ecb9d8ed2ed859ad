using OpenCvSharp;
using Seg.Predict;
using Seg.Predict.Drawing;
using Seg.Train.Datasets;
using Seg.Train.Transforms;

namespace Seg.Train.Jobs;

/// <summary>Batches of images with masks: images on the left, their labels over them on the right.</summary>
internal sealed class SegmentationPreview : IBatchPreview
{
    private const int SheetWidth = 960;

    private readonly ISegmentationDataset dataset;
    private readonly TrainTransform transform;
    private readonly Overlay overlay;

    /// <exception cref="Models.InputException">The data are faulty.</exception>
    public SegmentationPreview(RunConfig config, SegmentationDataConfig data, string split)
    {
        dataset = DatasetFactory.Create(data with { CacheMegabytes = 0 }, split);
        transform = new TrainTransform(data.Augmentation, config.Normalization, dataset.Labels.IgnoreIndex, dataset.MirroredClasses);
        overlay = new Overlay(dataset.Labels);
    }

    public int Count => dataset.Count;

    public Mat Draw(int[] batch, int seed, int epoch)
    {
        PreviewGrid grid = new(batch.Length, transform.Width, transform.Height, SheetWidth);
        using var images = new Mat(grid.Whole.Height, grid.Whole.Width, MatType.CV_8UC3, Scalar.All(255));
        var labels = new byte[grid.Whole.Height * grid.Whole.Width];
        labels.AsSpan().Fill(dataset.Labels.IgnoreIndex);
        var classes = new byte[transform.Width * transform.Height];
        for (var place = 0; place < batch.Length; place++)
        {
            using var crop = transform.Crop(dataset, batch[place], SplitMix64.For(seed, epoch, batch[place]), classes);
            var cell = grid.Place(place);
            using (var region = images[cell])
                Cv2.Resize(crop, region, grid.Cell, interpolation: InterpolationFlags.Area);
            for (var y = 0; y < cell.Height; y++)
            {
                for (var x = 0; x < cell.Width; x++)
                    labels[(cell.Y + y) * images.Cols + cell.X + x] = classes[y * crop.Rows / cell.Height * crop.Cols + x * crop.Cols / cell.Width];
            }
        }
        return overlay.DrawBeside(images, new LabelMap(images.Cols, images.Rows, labels));
    }

    public void Dispose() => (dataset as IDisposable)?.Dispose();
}
