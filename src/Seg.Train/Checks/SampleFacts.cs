using Seg.Train.Datasets;

namespace Seg.Train.Checks;

/// <summary>What one image and its mask turned out to be.</summary>
/// <param name="Paths">Where they lie.</param>
internal sealed record SampleFacts(SamplePaths Paths)
{
    /// <summary>What is wrong with this sample alone.</summary>
    public List<DataFault> Faults { get; } = [];

    /// <summary>Of the upright image, in pixels; 0 where it could not be read.</summary>
    public int Width { get; set; }

    /// <inheritdoc cref="Width"/>
    public int Height { get; set; }

    /// <summary>Whether red, green and blue are the same everywhere; null where the image could not be read.</summary>
    public bool? IsGray { get; set; }

    /// <summary>How many pixels have each value that the mask file stores; null where there is no usable mask, or it is drawn from shapes.</summary>
    public long[]? Values { get; set; }

    /// <summary>Where the mask has each of its values for the first time: column and row.</summary>
    public (int X, int Y)[] FirstPlaces { get; } = new (int, int)[256];

    /// <summary>Pixels of each class; null where there is no usable mask.</summary>
    public long[]? Pixels { get; set; }

    /// <summary>Pixels of the mask that count nowhere.</summary>
    public long IgnoredPixels { get; set; }
}
