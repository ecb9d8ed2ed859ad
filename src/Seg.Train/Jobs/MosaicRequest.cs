using Seg.Models;

namespace Seg.Train.Jobs;

/// <summary>What <see cref="MosaicJob"/> makes.</summary>
public sealed record MosaicRequest
{
    /// <summary>With a <c>data:</c> section for keypoints in COCO's form.</summary>
    public required RunConfig Config { get; init; }

    /// <summary>The new data set's folder; made where it is missing.</summary>
    public required string Out { get; init; }

    /// <summary>Which splits are made.</summary>
    public IReadOnlyList<string> Splits { get; init; } = ["train", "val"];

    /// <summary>Images beside each other in a picture, at least 1.</summary>
    public int Columns { get; init; } = 2;

    /// <summary>Images above each other in a picture, at least 1.</summary>
    public int Rows { get; init; } = 2;

    /// <summary>Of the pictures, in pixels.</summary>
    public int Width { get; init; } = 512;

    /// <summary>Of the pictures, in pixels.</summary>
    public int Height { get; init; } = 512;

    /// <summary>In how many pictures each image stands, at another place and beside others each time; at least 1.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>The same seed makes the same pictures.</summary>
    public int Seed { get; init; } = 1;

    /// <exception cref="InputException">A value is out of range.</exception>
    internal void Check()
    {
        if (Columns < 1 || Rows < 1 || Columns > Width / LeastCell || Rows > Height / LeastCell)
        {
            throw new InputException($"A grid of {Columns} x {Rows} images in a picture of {Width} x {Height} pixels leaves none of them "
                + $"{LeastCell} x {LeastCell} pixels; take fewer, or larger pictures.");
        }
        if (Copies < 1 || Splits.Count == 0)
            throw new InputException("There must be at least one copy of at least one split.");
    }

    private const int LeastCell = 16;
}
