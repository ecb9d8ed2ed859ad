using OpenCvSharp;
using Seg.Models;
using Seg.Predict;
using Seg.Train.Datasets;
using Seg.Train.Distributed;

namespace Seg.Train.Metrics;

/// <summary>Scores a predictor on a data set, image by image at its own size, while a second thread reads the next images.</summary>
public static class SegmentationEvaluator
{
    /// <summary>Images that are read while the network works on another one.</summary>
    private const int Ahead = 3;

    /// <param name="dataset">Its faulty files end the scoring, or are left out if it was opened so.</param>
    /// <param name="progress">Told how many of all images are done, after each.</param>
    /// <param name="observer">Given each image with what was predicted, confidence included; this costs a little more.</param>
    /// <param name="ranks">Among whom the images are shared out: all get the scores of all images. null: this process scores all.</param>
    /// <exception cref="InputException">
    /// The data set is empty, has no labels or other classes than the model, or a file of it is faulty.
    /// </exception>
    public static SegmentationScores Evaluate(
        SegmentationPredictor predictor, ISegmentationDataset dataset,
        Action<int, int>? progress = null, Action<EvaluatedImage>? observer = null, CancellationToken cancellation = default, IRanks? ranks = null)
    {
        Require(predictor.Description.Labels, dataset);
        ConfusionMatrix matrix = new(dataset.Labels.Count, dataset.Labels.IgnoreIndex);
        ranks ??= new OneRank();
        long[] done = [0];
        ranks.RunTogether(Score, cancellation);
        ranks.Sum(matrix.Counts);
        ranks.Sum(done);
        return SegmentationScores.From(matrix, dataset.Labels, (int)done[0]);

        void Score()
        {
            using ReadAhead<Sample> samples = new(Read(dataset, ranks), Ahead, cancellation);
            foreach (var sample in samples.Items())
            {
                using (sample)
                    SegmentationEvaluator.Score(predictor, sample, matrix, observer);
                // The others are as far, more or less.
                progress?.Invoke((int)Math.Min(++done[0] * ranks.Size, dataset.Count), dataset.Count);
            }
        }
    }

    private static void Score(SegmentationPredictor predictor, Sample sample, ConfusionMatrix matrix, Action<EvaluatedImage>? observer)
    {
        if (observer is null)
        {
            matrix.Add(predictor.Predict(sample.Image), sample.Labels);
            return;
        }
        var map = predictor.PredictWithConfidence(sample.Image);
        matrix.Add(map, sample.Labels);
        observer(new EvaluatedImage(sample.Index, sample.Image, sample.Labels, map));
    }

    private static IEnumerable<Sample> Read(ISegmentationDataset dataset, IRanks ranks)
    {
        for (var index = ranks.Rank; index < dataset.Count; index += ranks.Size)
        {
            if (dataset.ReadOrSkip(index) is { } sample)
                yield return new(index, sample.Image, sample.Labels);
        }
    }

    private static void Require(LabelSet model, ISegmentationDataset dataset)
    {
        if (dataset.Count == 0)
            throw new InputException("The data set has no images to score.");
        if (!dataset.HasLabels)
            throw new InputException($"The images beside '{dataset.Name(0)}' have no labels to score against; choose another split.");
        if (model.Count != dataset.Labels.Count)
        {
            throw new InputException($"The model knows {model.Count} classes ({string.Join(", ", model.Names)}), but the data set has " +
                $"{dataset.Labels.Count}; choose the data that it was trained for.");
        }
    }

    private readonly record struct Sample(int Index, Mat Image, Mat Labels) : IDisposable
    {
        public void Dispose()
        {
            Image.Dispose();
            Labels.Dispose();
        }
    }
}
