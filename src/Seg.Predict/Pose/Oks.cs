using Seg.Models;

namespace Seg.Predict.Pose;

/// <summary>Object keypoint similarity: how far two poses agree, from 0 to 1; to poses what IoU is to boxes.</summary>
/// <remarks>
/// COCO keypoint evaluation (cocodataset.org/#keypoints-eval): the mean over joints of exp(-d² / (2 · (2σ)² · area)). Between two predicted
/// persons the area is the mean of theirs, as in <c>oks_iou</c> of HRNet's authors. Coordinates are image pixels.
/// </remarks>
public sealed class Oks
{
    /// <summary>numpy.spacing(1): what the official code adds to an area, so that none is 0.</summary>
    private const double SmallestArea = 2.220446049250313e-16;

    /// <summary>Numbers that a joint takes in a flat list: x, y, and its score or visibility.</summary>
    public const int Stride = 3;

    private readonly double[] variances;

    /// <param name="sigmas">One a joint, in COCO's sense: the deviation of human annotators relative to √area; each above 0.</param>
    /// <exception cref="ArgumentException">There are none, or one is not above 0.</exception>
    public Oks(IReadOnlyList<double> sigmas)
    {
        if (sigmas.Count == 0 || sigmas.Any(sigma => sigma is not (> 0 and < double.PositiveInfinity)))
            throw new ArgumentException($"The sigmas [{string.Join(", ", sigmas)}] must be one number above 0 for each keypoint.", nameof(sigmas));
        variances = [.. sigmas.Select(sigma => sigma * 2 * (sigma * 2))];
    }

    /// <summary>Joints of a pose.</summary>
    public int Count => variances.Length;

    /// <summary>x, y and score of each of a person's joints in turn.</summary>
    public static double[] JointsOf(Person person) =>
        [.. person.Keypoints.SelectMany(keypoint => new double[] { keypoint.X, keypoint.Y, keypoint.Score })];

    /// <summary>What one joint adds: 1 where both poses agree, falling with the square of the distance.</summary>
    /// <param name="joint">Index of the joint.</param>
    /// <param name="squaredDistance">In pixels².</param>
    /// <param name="area">Of the person, in pixels².</param>
    public double OfJoint(int joint, double squaredDistance, double area) =>
        Math.Exp(-(squaredDistance / variances[joint] / (area + SmallestArea) / 2));

    /// <summary>OKS of two predicted persons.</summary>
    /// <param name="first">x, y, score of each joint in turn.</param>
    /// <param name="firstArea">In pixels².</param>
    /// <param name="second">As <paramref name="first"/>.</param>
    /// <param name="secondArea">In pixels².</param>
    /// <param name="visibleAbove">Joints count whose score is above this; null: all do.</param>
    /// <param name="visibility">In which of the two persons.</param>
    /// <returns>0 where no joint counts.</returns>
    public double Between(
        ReadOnlySpan<double> first, double firstArea, ReadOnlySpan<double> second, double secondArea,
        double? visibleAbove = null, OksVisibility visibility = OksVisibility.SecondPerson)
    {
        Require(first.Length, nameof(first));
        Require(second.Length, nameof(second));
        var area = (firstArea + secondArea) / 2;
        var (sum, counted) = (0.0, 0);
        for (var joint = 0; joint < variances.Length; joint++)
        {
            var at = joint * Stride;
            var isVisible = visibleAbove is not { } threshold
                || (second[at + 2] > threshold && (visibility == OksVisibility.SecondPerson || first[at + 2] > threshold));
            if (!isVisible)
                continue;
            double x = second[at] - first[at], y = second[at + 1] - first[at + 1];
            sum += OfJoint(joint, x * x + y * y, area);
            counted++;
        }
        return counted == 0 ? 0 : sum / counted;
    }

    /// <summary>What one joint adds to the OKS of a predicted person with an annotated one.</summary>
    /// <param name="truth">x, y and visibility of each joint in turn; one of a visibility of 0 or less is not labelled.</param>
    /// <param name="area">Of the annotated person, in pixels².</param>
    /// <param name="detected">x, y and score of each joint in turn.</param>
    /// <returns>0–1; not a number where the joint is not labelled.</returns>
    public double OfLabelled(int joint, ReadOnlySpan<double> truth, double area, ReadOnlySpan<double> detected)
    {
        var at = joint * Stride;
        if (truth[at + 2] <= 0)
            return double.NaN;
        double x = detected[at] - truth[at], y = detected[at + 1] - truth[at + 1];
        return OfJoint(joint, x * x + y * y, area);
    }

    /// <summary>OKS of a predicted person with an annotated one: the mean over the labelled joints.</summary>
    /// <inheritdoc cref="OfLabelled"/>
    /// <returns>0–1; not a number where no joint is labelled.</returns>
    public double WithTruth(ReadOnlySpan<double> truth, double area, ReadOnlySpan<double> detected)
    {
        Require(truth.Length, nameof(truth));
        Require(detected.Length, nameof(detected));
        var (sum, labelled) = (0.0, 0);
        for (var joint = 0; joint < variances.Length; joint++)
        {
            if (OfLabelled(joint, truth, area, detected) is var similarity && double.IsNaN(similarity))
                continue;
            sum += similarity;
            labelled++;
        }
        return sum / labelled;
    }

    private void Require(int length, string name)
    {
        if (length != variances.Length * Stride)
            throw new ArgumentException($"{length} numbers are not x, y and score of {variances.Length} keypoints.", name);
    }
}
