using Seg.Models;
using Seg.Predict.Imaging;
using Seg.Train.Datasets;
using Seg.Train.Datasets.Keypoints;

namespace Seg.Train.Jobs;

/// <summary>Draws batches as the network would get them: what <c>seg data preview</c> does.</summary>
/// <remarks>The very samples of that epoch: order and augmentation depend on the seed alone.</remarks>
public static class DataPreviewJob
{
    /// <returns>
    /// The pictures' paths. Of masks: images on the left, their labels over them on the right. Of people: each crop with its skeleton, and beside it
    /// with what the codec encodes.
    /// </returns>
    /// <exception cref="InputException">The config has no data, or the data are faulty.</exception>
    public static IReadOnlyList<string> Run(DataPreviewRequest request, CancellationToken cancellation = default)
    {
        using IBatchPreview preview = request.Config.Data switch
        {
            SegmentationDataConfig masks => new SegmentationPreview(request.Config, masks, request.Split),
            PoseDataConfig people => new PosePreview(request.Config, people, request.Split),
            _ => throw new InputException("The config has no 'data:' section to draw batches of; see configs/camvid for one."),
        };
        var (seed, epoch) = (request.Config.Train.Seed, request.Epoch - 1);
        Directory.CreateDirectory(request.Out);
        List<string> paths = [];
        foreach (var batch in BatchLoader.Order(seed, epoch, preview.Count).Chunk(request.Config.Train.BatchSize).Take(request.Batches))
        {
            cancellation.ThrowIfCancellationRequested();
            using var picture = preview.Draw(batch, seed, epoch);
            paths.Add(Path.Combine(request.Out, $"epoch_{request.Epoch}_batch_{paths.Count + 1}.png"));
            ImageFile.Write(paths[^1], picture);
        }
        return paths;
    }
}
