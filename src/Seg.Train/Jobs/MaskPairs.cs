using Seg.Models;
using Seg.Predict.Review;
using Seg.Train.Checks;
using Seg.Train.Datasets;

namespace Seg.Train.Jobs;

/// <summary>The predicted mask of each true one.</summary>
/// <param name="Pairs">Paths, in the order of the true masks.</param>
/// <param name="Unmatched">Predictions for which there is no true mask.</param>
internal sealed record MaskPairs(IReadOnlyList<(string Truth, string Predicted)> Pairs, int Unmatched)
{
    private const string LabelIds = "_labelIds.png", TrainIds = "_labelTrainIds.png";

    /// <summary>What <c>seg predict</c> calls its masks of ids, beside pictures of the same name.</summary>
    private const string PredictedIds = "_ids.png";

    /// <summary>
    /// Masks of one name below both folders; else of one file name, wherever they lie; else the one prediction whose name begins with the
    /// true mask's, as in a.png and a_pred.png.
    /// </summary>
    /// <exception cref="InputException">A folder is missing or empty, or a mask has no prediction, or several.</exception>
    public static MaskPairs ByName(string truthFolder, string predictedFolder)
    {
        var predictions = Files(predictedFolder, "predicted masks");
        var byPath = predictions.ToLookup(file => Path.ChangeExtension(Path.GetRelativePath(predictedFolder, file), null));
        var byName = predictions.ToLookup(file => Path.GetFileNameWithoutExtension(file));
        HashSet<string> used = [];
        var pairs = Files(truthFolder, "true masks").Select(truth =>
        {
            var name = Path.GetFileNameWithoutExtension(truth);
            string[] found = [.. byPath[Path.ChangeExtension(Path.GetRelativePath(truthFolder, truth), null)]];
            if (found.Length == 0)
                found = [.. byName[name]];
            if (found.Length == 0)
                found = [.. predictions.Where(file => BeginsWith(Path.GetFileName(file), name))];
            used.UnionWith(found);
            return (truth, Single(truth, found, predictedFolder, $"'{name}'"));
        }).ToArray();
        return new(pairs, predictions.Count(file => !used.Contains(file)));
    }

    /// <summary>Pairs as cityscapesScripts does: by city, sequence and frame, the first three parts of both names.</summary>
    /// <inheritdoc cref="ByName"/>
    public static MaskPairs OfCityscapes(string truthFolder, string predictedFolder)
    {
        var all = Files(truthFolder, "true masks");
        string[] truths = [.. all.Where(file => file.EndsWith(LabelIds, StringComparison.Ordinal))];
        if (truths.Length == 0)
            truths = [.. all.Where(file => file.EndsWith(TrainIds, StringComparison.Ordinal))];
        if (truths.Length == 0)
            throw new InputException($"None of the files in '{truthFolder}' ends in '{LabelIds}' or '{TrainIds}'; give the folder of Cityscapes' true masks.");
        var predictions = Files(predictedFolder, "predicted masks").ToLookup(Frame);
        var frames = truths.Select(Frame).ToHashSet();
        return new(
            [.. truths.Select(truth => (truth, Single(truth, [.. predictions[Frame(truth)]], predictedFolder, $"'{Frame(truth)}*'")))],
            predictions.Where(frame => !frames.Contains(frame.Key)).Sum(frame => frame.Count()));
    }

    private static string Frame(string file) => string.Join('_', Path.GetFileNameWithoutExtension(file).Split('_').Take(3));

    private static bool BeginsWith(string file, string name) =>
        file.StartsWith(name, StringComparison.Ordinal) && file.Length > name.Length && !char.IsLetterOrDigit(file[name.Length]);

    private static string Single(string truth, string[] found, string folder, string name) => found.Length switch
    {
        1 => found[0],
        > 1 when found.Where(file => file.EndsWith(PredictedIds, StringComparison.Ordinal)).ToArray() is [var ids] => ids,
        0 => throw new InputException($"'{truth}' has no prediction: there is no {name} in '{folder}'. Predict every image, or take the mask out."),
        _ => throw new InputException($"'{truth}' has {found.Length} predictions, '{found[0]}' and '{found[1]}' among them; leave one of them in '{folder}'."),
    };

    private static IReadOnlyList<string> Files(string folder, string kind)
    {
        List<DataFault> faults = [];
        var files = PairFinder.Files(folder, kind, faults);
        if (files is null)
            throw new InputException($"{faults[^1].Detail} Name the folder that holds them.");
        files = [.. files.Where(file => !ReviewPage.IsPart(folder, file))];
        return files.Count > 0 ? files : throw new InputException($"The folder '{folder}' holds no {kind}.");
    }
}
