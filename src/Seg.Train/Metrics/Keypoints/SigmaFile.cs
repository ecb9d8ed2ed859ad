using System.Globalization;
using Seg.Models;

namespace Seg.Train.Metrics.Keypoints;

/// <summary>The constants of OKS that a user names: those of a keypoint set, or numbers in a file.</summary>
public static class SigmaFile
{
    private const string CocoSet = "coco";

    /// <param name="name">
    /// A set of configs/keypoints, its YAML, or a file of numbers, one a keypoint, in brackets or not; null: COCO's, which are for 17 keypoints.
    /// </param>
    /// <param name="keypoints">How many there must be.</param>
    /// <exception cref="InputException">There is no such file, it is faulty, or there are not as many.</exception>
    public static double[] Read(string? name, int keypoints)
    {
        var sigmas = name is null ? KeypointSet.Read(CocoSet).Sigmas : Numbers(name) ?? KeypointSet.Read(name).Sigmas;
        if (sigmas.Length == keypoints)
            return sigmas;
        throw new InputException(name is null
            ? $"The truth has {keypoints} keypoints, and COCO's sigmas are for {sigmas.Length}; give one a keypoint with --sigmas."
            : $"'{name}' has {sigmas.Length} sigmas, but the truth has {keypoints} keypoints.");
    }

    /// <summary>The file's numbers; null where it holds anything else, or is none.</summary>
    private static double[]? Numbers(string path)
    {
        if (!File.Exists(path))
            return null;
        var parts = File.ReadAllText(path).Split([' ', ',', '\t', '\r', '\n', '[', ']'], StringSplitOptions.RemoveEmptyEntries);
        var numbers = new double[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
                return i == 0 ? null : throw new InputException($"'{path}' holds '{parts[i]}' among its numbers; sigmas are numbers above 0.");
            if (numbers[i] is not (> 0 and < double.PositiveInfinity))
                throw new InputException($"'{path}' holds the sigma {parts[i]}; each must be above 0.");
        }
        return numbers.Length > 0 ? numbers : throw new InputException($"'{path}' is empty; one sigma a keypoint is needed.");
    }
}
