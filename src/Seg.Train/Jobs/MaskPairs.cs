using Seg.Models;
using Seg.Train.Checks;
using Seg.Train.Datasets;

namespace Seg.Train.Jobs;

/// <summary>Finds the predicted mask of each true one.</summary>
internal static class MaskPairs
{
    private const string LabelIds = "_labelIds.png", TrainIds = "_labelTrainIds.png";

    /// <summary>
    /// Masks of one name below both folders; else of one file name, wherever they lie; else the one prediction whose name begins with the
    /// true mask's, as in a.png and a_pred.png.
    /// </summary>
    /// <exception cref="InputException">A folder is missing or empty, or a mask has no prediction, or several.</exception>
    public static IReadOnlyList<(string Truth, string Predicted)> ByName(string truthFolder, string predictedFolder)
    {
        var predictions = Files(predictedFolder, "predicted masks");
        var byPath = predictions.ToLookup(file => Path.ChangeExtension(Path.GetRelativePath(predictedFolder, file), null));
        var byName = predictions.ToLookup(file => Path.GetFileNameWithoutExtension(file));
        return [.. Files(truthFolder, "true masks").Select(truth =>
        {
            var name = Path.GetFileNameWithoutExtension(truth);
            string[] found = [.. byPath[Path.ChangeExtension(Path.GetRelativePath(truthFolder, truth), null)]];
            if (found.Length == 0)
                found = [.. byName[name]];
            if (found.Length == 0)
                found = [.. predictions.Where(file => BeginsWith(Path.GetFileName(file), name))];
            return (truth, Single(truth, found, predictedFolder, $"'{name}'"));
        })];
    }

    /// <summary>Pairs as cityscapesScripts does: by city, sequence and frame, the first three parts of both names.</summary>
    /// <inheritdoc cref="ByName"/>
    public static IReadOnlyList<(string Truth, string Predicted)> OfCityscapes(string truthFolder, string predictedFolder)
    {
        var all = Files(truthFolder, "true masks");
        string[] truths = [.. all.Where(file => file.EndsWith(LabelIds, StringComparison.Ordinal))];
        if (truths.Length == 0)
            truths = [.. all.Where(file => file.EndsWith(TrainIds, StringComparison.Ordinal))];
        if (truths.Length == 0)
            throw new InputException($"None of the files in '{truthFolder}' ends in '{LabelIds}' or '{TrainIds}'; give the folder of Cityscapes' true masks.");
        var predictions = Files(predictedFolder, "predicted masks").ToLookup(Frame);
        return [.. truths.Select(truth => (truth, Single(truth, [.. predictions[Frame(truth)]], predictedFolder, $"'{Frame(truth)}*'")))];
    }

    private static string Frame(string file) => string.Join('_', Path.GetFileNameWithoutExtension(file).Split('_').Take(3));

    private static bool BeginsWith(string file, string name) =>
        file.StartsWith(name, StringComparison.Ordinal) && file.Length > name.Length && !char.IsLetterOrDigit(file[name.Length]);

    private static string Single(string truth, string[] found, string folder, string name) => found.Length switch
    {
        1 => found[0],
        0 => throw new InputException($"'{truth}' has no prediction: there is no {name} in '{folder}'. Predict every image, or take the mask out."),
        _ => throw new InputException($"'{truth}' has {found.Length} predictions, '{found[0]}' and '{found[1]}' among them; leave one of them in '{folder}'."),
    };

    private static IReadOnlyList<string> Files(string folder, string kind)
    {
        List<DataFault> faults = [];
        var files = PairFinder.Files(folder, kind, faults);
        if (files is null)
            throw new InputException($"{faults[^1].Detail} Name the folder that holds them.");
        return files.Count > 0 ? files : throw new InputException($"The folder '{folder}' holds no {kind}.");
    }
}
