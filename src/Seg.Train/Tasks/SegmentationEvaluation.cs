using Seg.Models;
using Seg.Predict;
using Seg.Train.Datasets;
using Seg.Train.Distributed;
using Seg.Train.Metrics;
using Seg.Train.Runs;

namespace Seg.Train.Tasks;

/// <summary>A segmentation network, to be scored on images with masks.</summary>
/// <param name="predictor">Becomes this one's.</param>
/// <param name="images">The caller's.</param>
internal sealed class SegmentationEvaluation(SegmentationPredictor predictor, ISegmentationDataset images) : IEvaluation
{
    /// <summary>A model file's network, and the images of a split.</summary>
    /// <exception cref="InputException">Model or data are missing, faulty, or not for segmentation.</exception>
    public static SegmentationEvaluation Open(string model, SegmentationDataConfig data, string split, PredictorOptions options)
    {
        var images = DatasetFactory.Create(data, split);
        return new(SegmentationPredictor.Load(model, options with { InputSize = options.InputSize ?? data.ValidationSize }), images);
    }

    public ISegmentationDataset Images => images;

    /// <summary>Given each image with what was predicted; null: nobody.</summary>
    public Action<EvaluatedImage>? Observer { get; set; }

    /// <summary>Among whom the data are shared out; all get the scores of all.</summary>
    public IRanks Ranks { get; init; } = new OneRank();

    public IScores Run(Action<int, int>? progress = null, CancellationToken cancellation = default) =>
        SegmentationEvaluator.Evaluate(predictor, images, progress, Observer, cancellation, Ranks);

    public void WritePreviews(string folder, int count, Action<string, (int Width, int Height)> written) =>
        MaskPreviews.Write(folder, predictor, images, count, written);

    public void Dispose() => predictor.Dispose();
}
