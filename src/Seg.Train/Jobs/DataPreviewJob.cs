using OpenCvSharp;
using Seg.Models;
using Seg.Predict;
using Seg.Predict.Drawing;
using Seg.Predict.Imaging;
using Seg.Train.Datasets;
using Seg.Train.Transforms;

namespace Seg.Train.Jobs;

/// <summary>Draws batches as the network would get them: what <c>seg data preview</c> does.</summary>
/// <remarks>The very samples of that epoch: order and augmentation depend on the seed alone.</remarks>
public static class DataPreviewJob
{
    private const int Gap = 4, SheetWidth = 960;

    /// <returns>The pictures' paths: images on the left, their labels over them on the right.</returns>
    /// <exception cref="InputException">The config has no data, or the data are faulty.</exception>
    public static IReadOnlyList<string> Run(DataPreviewRequest request, CancellationToken cancellation = default)
    {
        var data = SegmentationDataConfig.Require(request.Config.Data
            ?? throw new InputException("The config has no 'data:' section to draw batches of; see configs/camvid for one."));
        var dataset = DatasetFactory.Create(data with { CacheMegabytes = 0 }, request.Split);
        var transform = new TrainTransform(data.Augmentation, request.Config.Normalization, dataset.Labels.IgnoreIndex, dataset.MirroredClasses);
        var (seed, epoch) = (request.Config.Train.Seed, request.Epoch - 1);
        Directory.CreateDirectory(request.Out);
        var overlay = new Overlay(dataset.Labels);
        List<string> paths = [];
        foreach (var batch in BatchLoader.Order(seed, epoch, dataset.Count).Chunk(request.Config.Train.BatchSize).Take(request.Batches))
        {
            cancellation.ThrowIfCancellationRequested();
            Sheet sheet = new(batch.Length, transform.Width, transform.Height, dataset.Labels.IgnoreIndex);
            using (sheet)
            {
                for (var place = 0; place < batch.Length; place++)
                {
                    var classes = new byte[transform.Width * transform.Height];
                    using var crop = transform.Crop(dataset, batch[place], SplitMix64.For(seed, epoch, batch[place]), classes);
                    sheet.Put(place, crop, classes);
                }
                using var picture = overlay.DrawBeside(sheet.Image, sheet.Labels);
                paths.Add(Path.Combine(request.Out, $"epoch_{request.Epoch}_batch_{paths.Count + 1}.png"));
                ImageFile.Write(paths[^1], picture);
            }
        }
        return paths;
    }

    /// <summary>Crops beside and below each other, shrunk to a common picture.</summary>
    private sealed class Sheet : IDisposable
    {
        private readonly int columns, width, height;
        private readonly byte[] labels;

        public Sheet(int count, int cropWidth, int cropHeight, byte ignoreIndex)
        {
            columns = Math.Clamp((int)Math.Round(Math.Sqrt((double)count * cropHeight / cropWidth)), 1, count);
            var scale = Math.Min(1, (double)SheetWidth / (columns * cropWidth));
            (width, height) = (Math.Max(1, (int)(cropWidth * scale)), Math.Max(1, (int)(cropHeight * scale)));
            var rows = (count + columns - 1) / columns;
            Image = new Mat(rows * (height + Gap) - Gap, columns * (width + Gap) - Gap, MatType.CV_8UC3);
            Image.SetTo(Scalar.All(255));
            labels = new byte[Image.Rows * Image.Cols];
            labels.AsSpan().Fill(ignoreIndex);
        }

        public Mat Image { get; }

        public LabelMap Labels => new(Image.Cols, Image.Rows, labels);

        public void Put(int place, Mat crop, byte[] classes)
        {
            int left = place % columns * (width + Gap), top = place / columns * (height + Gap);
            using (var region = Image[new Rect(left, top, width, height)])
                Cv2.Resize(crop, region, new Size(width, height), interpolation: InterpolationFlags.Area);
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                    labels[(top + y) * Image.Cols + left + x] = classes[y * crop.Rows / height * crop.Cols + x * crop.Cols / width];
            }
        }

        public void Dispose() => Image.Dispose();
    }
}
