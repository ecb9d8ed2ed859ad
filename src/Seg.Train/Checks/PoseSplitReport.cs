namespace Seg.Train.Checks;

/// <summary>What the annotations of a split hold; of images what the files that were looked at are.</summary>
public sealed record PoseSplitReport
{
    public required string Name { get; init; }

    /// <summary>Images that the annotations list.</summary>
    public required int Images { get; init; }

    /// <summary>Images whose content was looked at, of those that show people who can be used.</summary>
    public required int Checked { get; init; }

    /// <summary>(width, height) of each size that occurs, and how many of the images that were looked at have it; the most frequent first.</summary>
    public required IReadOnlyList<(int Width, int Height, int Images)> Sizes { get; init; }

    /// <summary>People who can be trained on or scored.</summary>
    public required int People { get; init; }

    /// <summary>Annotated crowds, which are left out.</summary>
    public required int Crowds { get; init; }

    /// <summary>People without any labelled keypoint, who are left out.</summary>
    public required int Unlabelled { get; init; }

    /// <summary>A detector's boxes; null where people are cropped by their annotations.</summary>
    public required int? Detections { get; init; }

    /// <summary>For each keypoint, how many people have it labelled.</summary>
    public required int[] Labelled { get; init; }

    /// <summary>For each keypoint, in how many people it is labelled but hidden.</summary>
    public required int[] Hidden { get; init; }

    /// <summary>How many images show one, two, … people who can be used; in the order of people.</summary>
    public required IReadOnlyList<(int People, int Images)> PeoplePerImage { get; init; }

    /// <summary>The root of the boxes' areas in pixels at the 0th, 10th, 50th, 90th and 100th percentile; empty where there is nobody.</summary>
    public required double[] BoxSizes { get; init; }
}
