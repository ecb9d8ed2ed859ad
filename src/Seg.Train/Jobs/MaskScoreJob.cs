using OpenCvSharp;
using Seg.Models;
using Seg.Predict;
using Seg.Predict.Imaging;
using Seg.Train.Datasets;
using Seg.Train.Metrics;

namespace Seg.Train.Jobs;

/// <summary>Scores any tool's id masks against the true ones. What <c>seg score masks</c> does.</summary>
/// <remarks>
/// The rules are those of cityscapesScripts (evalPixelLevelSemanticLabeling.py), whose figures this gives on its data: pixels whose truth is
/// ignored count nowhere; a prediction of an ignored class is a miss and no false alarm; a class that neither has is not a number and left
/// out of the mean. Where that script ends with an error, at predictions that are no label id, 255 is taken for "none", and others are refused.
/// </remarks>
public static class MaskScoreJob
{
    /// <summary>What a prediction may hold where it says nothing.</summary>
    private const byte NoClass = 255;

    private const int CityscapesIds = 34;

    /// <summary>Cityscapes' categories, by the indices of their classes; void has none that counts.</summary>
    private static readonly (string Name, int[] Classes)[] CityscapesCategories =
    [
        ("flat", [0, 1]), ("construction", [2, 3, 4]), ("object", [5, 6, 7]), ("nature", [8, 9]), ("sky", [10]), ("human", [11, 12]),
        ("vehicle", [13, 14, 15, 16, 17, 18]),
    ];

    /// <param name="progress">Told how many of all masks are done, after each.</param>
    /// <exception cref="InputException">A folder, a mask or the class list is missing or faulty, or masks differ in size.</exception>
    public static MaskScoreResult Run(MaskScoreRequest request, Action<int, int>? progress = null, CancellationToken cancellation = default)
    {
        var classes = FindClasses(request.Classes);
        var isCityscapes = request.Classes == "cityscapes";
        var (pairs, unmatched) = isCityscapes
            ? MaskPairs.OfCityscapes(request.Truth, request.Predicted)
            : MaskPairs.ByName(request.Truth, request.Predicted);
        Scorer scorer = new(classes, isCityscapes);
        for (var index = 0; index < pairs.Count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            scorer.Add(pairs[index].Truth, pairs[index].Predicted, request.Indices);
            progress?.Invoke(index + 1, pairs.Count);
        }
        return scorer.Result(pairs.Count) with { Unmatched = unmatched };
    }

    private static ClassTable FindClasses(string name)
    {
        if (ClassTable.PublishedNames.Contains(name))
            return ClassTable.Published(name);
        return File.Exists(name)
            ? ClassTable.Read(name)
            : throw new InputException($"'{name}' is neither a file nor a published class list; there are: {string.Join(", ", ClassTable.PublishedNames)}.");
    }

    private sealed class Scorer(ClassTable classes, bool isCityscapes)
    {
        private readonly ConfusionMatrix matrix = new(classes.Labels.Count, classes.Labels.IgnoreIndex);
        private readonly ConfusionMatrix labelIds = new(CityscapesIds);
        private readonly MaskEncoding ofTruth = classes.Encoding;
        private readonly MaskEncoding ofIndices = new([.. Enumerable.Range(0, classes.Labels.Count)], [NoClass], classes.Labels.IgnoreIndex);
        private readonly MaskEncoding ofPredictions = new(
            classes.Ids, classes.Ids.Contains(NoClass) ? classes.IgnoreValues : [.. classes.IgnoreValues.Union([NoClass])], classes.Labels.IgnoreIndex);

        /// <summary>Whether every mask so far says its label ids.</summary>
        private bool hasLabelIds = true;

        public void Add(string truthPath, string predictedPath, bool indices)
        {
            using var truth = ImageFile.ReadGray(truthPath);
            using var predicted = ImageFile.ReadGray(predictedPath);
            if (truth.Size() != predicted.Size())
            {
                throw new InputException($"'{predictedPath}' is {predicted.Cols} x {predicted.Rows} pixels, but '{truthPath}' is " +
                    $"{truth.Cols} x {truth.Rows}; save predictions at the image's size.");
            }
            bool truthIsIndices = isCityscapes && IsTrainIds(truthPath), predictedIsIndices = indices || (isCityscapes && IsTrainIds(predictedPath));
            hasLabelIds &= isCityscapes && !truthIsIndices;
            byte[] truthValues = Values(truth), predictedValues = Values(predicted);
            (truthIsIndices ? ofIndices : ofTruth).Decode(truth, truthPath);
            (predictedIsIndices ? ofIndices : ofPredictions).Decode(predicted, predictedPath);
            matrix.Add(new LabelMap(predicted.Cols, predicted.Rows, Values(predicted)), truth);
            if (!hasLabelIds)
                return;
            if (predictedIsIndices)
                predictedValues = [.. predictedValues.Select(index => index == NoClass ? NoClass : (byte)classes.Ids[index])];
            labelIds.Add(predictedValues, truthValues);
        }

        public MaskScoreResult Result(int images) => new(SegmentationScores.From(matrix, classes.Labels, images))
        {
            CategoryIoU = isCityscapes ? CityscapesCategories.ToDictionary(category => category.Name, category => matrix.GroupIoU(category.Classes)) : null,
            LabelIdConfusion = hasLabelIds
                ? [.. Enumerable.Range(0, CityscapesIds).Select(truth => Enumerable.Range(0, CityscapesIds).Select(predicted => labelIds[truth, predicted]).ToArray())]
                : null,
        };

        private static bool IsTrainIds(string path) => Path.GetFileName(path).Contains("TrainIds", StringComparison.Ordinal);

        private static byte[] Values(Mat mask)
        {
            var values = new byte[mask.Rows * mask.Cols];
            for (var y = 0; y < mask.Rows; y++)
                mask.RowBytes(y).CopyTo(values.AsSpan(y * mask.Cols));
            GC.KeepAlive(mask);
            return values;
        }
    }
}
