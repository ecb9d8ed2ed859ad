using Seg.Train.Checks;

namespace Seg.Train.Datasets;

/// <summary>What is wrong with shapes that were drawn on an image.</summary>
internal static class ShapeFaults
{
    /// <summary>How far beyond the image's border a point may lie, in pixels, before it is told: annotation tools are off by one there.</summary>
    private const double Tolerance = 1.5;

    /// <summary>The fault of annotations for an image of another size; null where there is none.</summary>
    public static DataFault? OfSize(SamplePaths sample, (int Width, int Height) drawn, (int Width, int Height) image) => drawn == image
        ? null
        : new(FaultKinds.SizeMismatch, $"'{sample.Mask}' was drawn on an image of {drawn.Width} x {drawn.Height} pixels, but '{sample.Image}' is " +
            $"{image.Width} x {image.Height}.")
        { File = sample.Image };

    /// <param name="path">The file that says them.</param>
    /// <param name="image">The image that they are of, where the file says those of several; null where it does not.</param>
    /// <param name="isClass">Whether a label is a class.</param>
    public static IEnumerable<DataFault> Of(
        IEnumerable<DrawnShape> shapes, string path, string? image, Func<string, bool> isClass, int width, int height)
    {
        var place = image is null ? $"'{path}'" : $"'{path}' for '{image}'";
        foreach (var shape in shapes)
        {
            if (!isClass(shape.Label))
                yield return new(FaultKinds.UnknownLabel, $"{place} has a shape labelled '{shape.Label}', which is no class.") { File = path, Class = shape.Label };
            if (shape.Fault is { } fault)
                yield return new(FaultKinds.BadShape, $"{place} has a shape '{shape.Label}' that {fault}.") { File = path, Class = shape.Label };
            else if (Outside(shape, width, height) is { } point)
            {
                yield return new(FaultKinds.ShapeOutside, FormattableString.Invariant(
                    $"{place} has a shape '{shape.Label}' with the point ({point.X:0.#}, {point.Y:0.#}), outside of the image's {width} x {height} pixels."))
                { File = path, Class = shape.Label };
            }
        }
    }

    /// <summary>The first point outside of the image; for run lengths of another size, their far corner.</summary>
    private static (double X, double Y)? Outside(DrawnShape shape, int width, int height)
    {
        if (shape.Runs is { } runs)
            return (runs.Width, runs.Height) == (width, height) ? null : (runs.Width, runs.Height);
        foreach (var ring in shape.Rings)
        {
            for (var i = 0; i + 1 < ring.Length; i += 2)
            {
                if (ring[i] < -Tolerance || ring[i] > width + Tolerance || ring[i + 1] < -Tolerance || ring[i + 1] > height + Tolerance)
                    return (ring[i], ring[i + 1]);
            }
        }
        return null;
    }
}
