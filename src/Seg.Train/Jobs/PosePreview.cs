using OpenCvSharp;
using Seg.Models;
using Seg.Models.Codecs;
using Seg.Models.Configuration;
using Seg.Predict.Drawing;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Transforms;

namespace Seg.Train.Jobs;

/// <summary>Batches of crops of people: each with its skeleton, hidden keypoints as rings, and beside it with what the codec encodes.</summary>
internal sealed class PosePreview : IBatchPreview
{
    private const int SheetWidth = 1600;

    /// <summary>Below what is drawn in full.</summary>
    private const float HiddenScore = 0.25f;

    private readonly IKeypointDataset dataset;
    private readonly KeypointCodec codec;
    private readonly PoseTransform transform;
    private readonly TargetPicture targets;
    private readonly PoseOverlay overlay;

    /// <exception cref="InputException">The data are faulty, or the model is none for crops of people.</exception>
    public PosePreview(RunConfig config, PoseDataConfig data, string split)
    {
        if (config.Model is not PoseConfig model)
            throw new InputException("Crops of people are for networks of model.type: pose; the model is of another type.");
        // What is drawn has keypoints: the annotated boxes, whatever people are scored by.
        dataset = KeypointDatasetFactory.Create(data with { CacheMegabytes = 0, Boxes = PoseDataConfig.AnnotatedBoxes, LeastBoxScore = 0 }, split);
        codec = CodecFactory.Create(model.Codec, (data.TrainingSize[0], data.TrainingSize[1]), dataset.Keypoints);
        transform = new PoseTransform(data.Augmentation, config.Normalization, codec);
        targets = new TargetPicture(codec);
        overlay = new PoseOverlay(dataset.Keypoints, new PoseOverlayOptions { Boxes = false, Labels = false });
    }

    public int Count => dataset.Count;

    public Mat Draw(int[] batch, int seed, int epoch)
    {
        var (height, width) = codec.InputSize;
        PreviewGrid grid = new(batch.Length, 2 * width, height, SheetWidth);
        var sheet = new Mat(grid.Whole.Height, grid.Whole.Width, MatType.CV_8UC3, Scalar.All(255));
        try
        {
            var keypoints = new LabelledKeypoint[codec.Keypoints.Count];
            for (var place = 0; place < batch.Length; place++)
            {
                using var sample = dataset.Read(batch[place]);
                using var crop = transform.Crop(sample, SplitMix64.For(seed, epoch, batch[place]), keypoints);
                var cell = grid.Place(place);
                var half = cell with { Width = cell.Width / 2 };
                using (var region = sheet[half])
                    PutSkeleton(crop, keypoints, sample.Person.Box, region);
                targets.Blend(crop, keypoints);
                using var beside = sheet[half with { X = cell.X + cell.Width - half.Width }];
                Cv2.Resize(crop, beside, new Size(half.Width, half.Height), interpolation: InterpolationFlags.Area);
            }
            return sheet;
        }
        catch
        {
            sheet.Dispose();
            throw;
        }
    }

    public void Dispose() => (dataset as IDisposable)?.Dispose();

    /// <summary>Drawn after the crop is resized, so that lines are as wide in all pictures.</summary>
    private void PutSkeleton(Mat crop, LabelledKeypoint[] keypoints, PersonBox box, Mat region)
    {
        Cv2.Resize(crop, region, new Size(region.Cols, region.Rows), interpolation: InterpolationFlags.Area);
        var (scaleX, scaleY) = ((float)region.Cols / crop.Cols, (float)region.Rows / crop.Rows);
        Keypoint[] places = [.. keypoints.Select(point => new Keypoint(
            (point.X + 0.5f) * scaleX - 0.5f, (point.Y + 0.5f) * scaleY - 0.5f, point.Visibility switch { 0 => 0, 1 => HiddenScore, _ => 1 }))];
        overlay.DrawOnto(region, [new Person { Keypoints = places, Box = new(0, 0, region.Cols, region.Rows), Score = 1 }]);
    }
}
