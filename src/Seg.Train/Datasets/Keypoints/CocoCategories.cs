using Seg.Models;
using Seg.Train.Checks;

namespace Seg.Train.Datasets.Keypoints;

/// <summary>Finds the category of a COCO file that has the keypoints, and sees whether they are those of the config.</summary>
internal static class CocoCategories
{
    /// <param name="wanted"><see cref="PoseDataConfig.Category"/>.</param>
    /// <param name="path">The file of annotations, for messages.</param>
    /// <param name="faults">Receives what is wrong with the categories.</param>
    /// <returns>The category's id, null for any; and whether its annotations can be read.</returns>
    public static (long? Id, bool IsUsable) Find(
        CocoKeypointCategory[] categories, string? wanted, KeypointSet keypoints, string path, List<DataFault> faults)
    {
        if (categories.GroupBy(category => category.Id).FirstOrDefault(group => group.Key is not null && group.Count() > 1) is { } doubled)
            faults.Add(new(KeypointFaultKinds.DoubledId, $"'{path}' gives the id {doubled.Key} to {doubled.Count()} categories.") { File = path });
        if (categories.Length == 0 && wanted is null)
        {
            faults.Add(new(KeypointFaultKinds.UnnamedKeypoints, $"'{path}' lists no categories.") { File = path });
            return (null, true);
        }
        var named = categories.Where(category => category.Keypoints is { Length: > 0 }).ToArray();
        var candidates = wanted is not null ? categories.Where(category => category.Name == wanted).ToArray() : named.Length > 0 ? named : categories;
        if (candidates is not [var chosen])
        {
            faults.Add(new(KeypointFaultKinds.UnknownCategory, $"'{path}' has {Reason(candidates, wanted, categories)}.") { File = path });
            return (null, false);
        }
        if (chosen.Keypoints is not { Length: > 0 } names)
        {
            faults.Add(new(KeypointFaultKinds.UnnamedKeypoints, $"The category '{chosen.Name}' of '{path}' does not name its keypoints.")
            { File = path });
            return (chosen.Id, true);
        }
        if (names.Length != keypoints.Count)
        {
            faults.Add(new(KeypointFaultKinds.KeypointCount,
                $"The category '{chosen.Name}' of '{path}' has {names.Length} keypoints, but the set of data.keypoints has {keypoints.Count}.")
            { File = path });
            return (chosen.Id, false);
        }
        if (OrderFault(names, keypoints) is { } fault)
            faults.Add(new(KeypointFaultKinds.KeypointOrder, $"{fault} in the category '{chosen.Name}' of '{path}'.") { File = path });
        return (chosen.Id, true);
    }

    private static string Reason(CocoKeypointCategory[] candidates, string? wanted, CocoKeypointCategory[] all)
    {
        var names = string.Join(", ", all.Select(category => $"'{category.Name}'"));
        if (candidates.Length > 1)
            return $"{candidates.Length} categories that may be meant: {string.Join(", ", candidates.Select(category => $"'{category.Name}'"))}";
        return $"no category '{wanted}'; there are: {(names.Length > 0 ? names : "none")}";
    }

    private static string? OrderFault(string[] names, KeypointSet keypoints)
    {
        var first = Enumerable.Range(0, names.Length).FirstOrDefault(index => Plain(names[index]) != Plain(keypoints.Names[index]), -1);
        if (first < 0)
            return null;
        var isOrder = names.Select(Plain).Order(StringComparer.Ordinal).SequenceEqual(keypoints.Names.Select(Plain).Order(StringComparer.Ordinal));
        return $"The keypoints have {(isOrder ? "another order than" : "other names than")} those of data.keypoints: number {first} from 0 is " +
            $"'{names[first]}', but should be '{keypoints.Names[first]}',";
    }

    /// <summary>"Left ankle", "left-ankle" and "left_ankle" are one name.</summary>
    private static string Plain(string name) => name.Trim().ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
}
