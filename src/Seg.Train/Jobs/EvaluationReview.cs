using Seg.Models;
using Seg.Predict.Imaging;
using Seg.Predict.Review;
using Seg.Train.Datasets;
using Seg.Train.Metrics;

namespace Seg.Train.Jobs;

/// <summary>
/// Leaves a review of an evaluation: each image with its truth and its own scores. The page is written on disposal, also of one cut short.
/// </summary>
internal sealed class EvaluationReview : IDisposable
{
    private readonly ISegmentationDataset dataset;
    private readonly string root;
    private readonly ReviewWriter writer;

    /// <param name="folder">For the page and its files.</param>
    /// <param name="root">The data set's folder, below which images are named.</param>
    /// <exception cref="InputException">The folder cannot be made, or has a page of its own.</exception>
    public EvaluationReview(string folder, string model, string root, ISegmentationDataset dataset)
    {
        (this.root, this.dataset) = (root, dataset);
        writer = new ReviewWriter(folder, new ReviewSubject { Model = model, Classes = dataset.Labels });
    }

    public void Add(EvaluatedImage evaluated)
    {
        var path = dataset.Name(evaluated.Index);
        writer.Add(new ReviewItem
        {
            Name = Path.ChangeExtension(Path.GetRelativePath(root, path), null).Replace(Path.DirectorySeparatorChar, '/'),
            Source = path,
            Image = evaluated.Image,
            Labels = evaluated.Map,
            Truth = TruthOf(evaluated),
        });
    }

    public void Dispose() => writer.Finish();

    private ReviewTruth TruthOf(EvaluatedImage evaluated)
    {
        var labels = dataset.Labels;
        ConfusionMatrix matrix = new(labels.Count, labels.IgnoreIndex);
        matrix.Add(evaluated.Map, evaluated.Labels);
        double[] scores = [.. Enumerable.Range(0, labels.Count).Select(matrix.ClassIoU)];
        return new ReviewTruth(evaluated.Labels.ToLabelMap(), labels.IgnoreIndex, matrix.MeanIoU, matrix.PixelAccuracy, scores);
    }
}
