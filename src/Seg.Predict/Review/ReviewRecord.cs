namespace Seg.Predict.Review;

/// <summary>What the list of items says of one: all but its pictures.</summary>
internal sealed record ReviewRecord
{
    public required string Key { get; init; }

    public required string Name { get; init; }

    /// <summary>The full path of the image file.</summary>
    public required string Source { get; init; }

    /// <summary>Of the image file, in pixels; the pictures may be smaller.</summary>
    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>A check sum of the prediction: a decision is about the prediction that it was made on, and not about a later one.</summary>
    public required string Stamp { get; init; }

    /// <summary>Mean confidence of all pixels, or of all keypoints; null where it is not known.</summary>
    public double? Confidence { get; init; }

    /// <summary>Mean IoU of the classes in this image; null without truth, and where that has no class.</summary>
    public double? Iou { get; init; }

    /// <summary>Share of the right pixels.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The ids that pixels without a true class have.</summary>
    public byte? IgnoreIndex { get; init; }

    /// <summary>The classes of prediction or truth, the largest first.</summary>
    public ReviewClass[] Classes { get; init; } = [];

    public ReviewPerson[]? Persons { get; init; }

    /// <summary>Mean OKS of the true persons, 0 for those who were not found; null without truth, and where nobody is.</summary>
    public double? Oks { get; init; }

    /// <summary>Null without truth.</summary>
    public AnnotatedPerson[]? Truths { get; init; }

    /// <summary>Files that the prediction left, below the review's folder, with '/'.</summary>
    public string[] Files { get; init; } = [];

    /// <summary>One class in one image.</summary>
    /// <param name="Share">Of the image's pixels, 0–1; 0 where only the truth has the class.</param>
    /// <param name="Confidence">Mean over the class's pixels.</param>
    public sealed record ReviewClass(int Id, double Share, double? Confidence, double? Iou);

    /// <param name="Box">[x, y, width, height] in image pixels.</param>
    /// <param name="Keypoints">[x, y, score] in image pixels.</param>
    public sealed record ReviewPerson(double Score, double[] Box, double[][] Keypoints, int? Track);

    /// <summary>A true person.</summary>
    /// <param name="Found">Index of the person who was found; null: nobody.</param>
    /// <param name="Box">[x, y, width, height] in image pixels.</param>
    /// <param name="Keypoints">[x, y, visibility] in image pixels.</param>
    /// <param name="Similarities">What each keypoint adds to the OKS, 0–1; null where it is not labelled.</param>
    public sealed record AnnotatedPerson(double Oks, int? Found, double[] Box, double[][] Keypoints, double?[] Similarities);
}
