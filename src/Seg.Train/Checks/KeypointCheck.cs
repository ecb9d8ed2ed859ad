using Seg.Models;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Transforms;

namespace Seg.Train.Checks;

/// <summary>Compares the keypoint set with the model, with the augmentation and with what the splits show.</summary>
internal static class KeypointCheck
{
    /// <summary>COCO's sigmas, of eyes and hips, are well within.</summary>
    private const double LeastSigma = 0.01, GreatestSigma = 0.25;

    public static IEnumerable<DataFault> Find(
        PoseDataConfig config, KeypointSet keypoints, IReadOnlyList<PoseSplitReport> splits, DataCheckOptions options)
    {
        if (options.ModelClasses is { } count && count != keypoints.Count)
        {
            yield return new(KeypointFaultKinds.ModelKeypoints,
                $"model.num_classes is {count}, but the data has {keypoints.Count} keypoints; set model.num_classes={keypoints.Count}.");
        }
        foreach (var fault in SetFaults(config, keypoints, options.IsBottomUp).Concat(Absent(keypoints, splits)))
            yield return fault;
        if (splits.FirstOrDefault(split => split.Name == "train") is not { People: > 0 } train)
            yield break;
        var (items, kind) = options.IsBottomUp ? (train.PeoplePerImage.Sum(group => group.Images), "images of people") : (train.People, "people");
        if (items < options.BatchSize)
        {
            yield return new(FaultKinds.FewImages, $"There are {items} {kind} to train on, but train.batch_size is {options.BatchSize}.")
            { Split = "train" };
        }
    }

    private static IEnumerable<DataFault> SetFaults(PoseDataConfig config, KeypointSet keypoints, bool isBottomUp)
    {
        var flip = isBottomUp ? (config.Scenes ?? new SceneAugmentationConfig()).Flip : config.Augmentation.Flip;
        var mirrored = keypoints.Mirrored;
        var unpaired = Enumerable.Range(0, keypoints.Count).Where(index => mirrored[index] == index && IsOfOneSide(keypoints.Names[index])).ToArray();
        if (flip > 0 && unpaired.Length > 0)
        {
            yield return new(KeypointFaultKinds.UnpairedSide, $"The keypoints {Names(unpaired.Select(index => keypoints.Names[index]))} have no mirror.")
            { Class = keypoints.Names[unpaired[0]] };
        }
        if (Array.FindIndex(keypoints.Sigmas, sigma => sigma is < LeastSigma or > GreatestSigma) is >= 0 and var odd)
        {
            yield return new(KeypointFaultKinds.OddSigma, FormattableString.Invariant($"The sigma of '{keypoints.Names[odd]}' is {keypoints.Sigmas[odd]}."))
            { Class = keypoints.Names[odd] };
        }
        else if (keypoints.Count > 1 && keypoints.Sigmas.Distinct().Count() == 1)
            yield return new(KeypointFaultKinds.OddSigma, FormattableString.Invariant($"All {keypoints.Count} sigmas are {keypoints.Sigmas[0]}."));
        if (!isBottomUp && config.Augmentation.HalfBody is { Probability: > 0 } && keypoints.UpperBody.Length == 0)
            yield return new(KeypointFaultKinds.UnusedHalfBody, "data.augmentation.half_body is on, but the keypoint set has no upper_body.");
    }

    /// <summary>Keypoints that are labelled nowhere in a split; annotations are known whole, so that this is certain.</summary>
    private static IEnumerable<DataFault> Absent(KeypointSet keypoints, IReadOnlyList<PoseSplitReport> splits)
    {
        if (splits.FirstOrDefault(split => split.Name == "train") is not { People: > 0 } train)
            yield break;
        var validation = splits.FirstOrDefault(split => split is { Name: "val", People: > 0 });
        for (var index = 0; index < keypoints.Count; index++)
        {
            var name = keypoints.Names[index];
            if (train.Labelled[index] == 0)
            {
                var scored = validation is null ? "" : $", and in {validation.Labelled[index]} of 'val'";
                yield return new(KeypointFaultKinds.KeypointNotTrained, $"'{name}' is labelled in none of {train.People} people of 'train'{scored}.")
                { Class = name };
            }
            else if (validation?.Labelled[index] == 0)
            {
                yield return new(KeypointFaultKinds.KeypointNotScored,
                    $"'{name}' is labelled in {train.Labelled[index]} people of 'train' and in none of 'val'.")
                { Class = name };
            }
        }
    }

    /// <summary>left_hand, "hand right", l_hip.</summary>
    private static bool IsOfOneSide(string name) =>
        name.ToLowerInvariant().Split('_', ' ', '-', '.') is var words && (words.Contains("left") || words.Contains("right") || words[0] is "l" or "r");

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}
