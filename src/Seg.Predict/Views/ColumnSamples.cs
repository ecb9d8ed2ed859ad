namespace Seg.Predict.Views;

/// <summary>Where the columns of an image that one window covers lie in the window's map of scores.</summary>
/// <param name="Column">The first of the image's columns.</param>
/// <param name="Count">Their number.</param>
/// <param name="First">The left of each one's two neighbours in the map.</param>
/// <param name="Second">What the right one counts, 0–1.</param>
/// <param name="Weight">What the window counts in each column.</param>
/// <param name="Step">Positions from the left to the right neighbour.</param>
internal sealed record ColumnSamples(int Column, int Count, int[] First, float[] Second, float[] Weight, int Step)
{
    /// <summary>Those of every window along the axis, for maps of so many columns.</summary>
    /// <param name="imageLength">Columns of the image.</param>
    public static ColumnSamples[] Of(WindowAxis windows, int imageLength, int mapLength, bool alignCorners)
    {
        MapAxis map = new(windows.Length, mapLength, alignCorners);
        var places = windows.Starts.Select(_ => new List<(int Column, WindowPart Part)>()).ToArray();
        for (var column = 0; column < imageLength; column++)
        {
            foreach (var part in windows.At(column))
                places[part.Window].Add((column, part));
        }
        return [.. places.Select(window =>
        {
            var found = window.ConvertAll(place => map.Find(place.Part.Position));
            return new ColumnSamples(
                window.Count > 0 ? window[0].Column : 0, window.Count, [.. found.Select(place => place.First)], [.. found.Select(place => place.Second)],
                [.. window.Select(place => (float)place.Part.Weight)], map.Step);
        })];
    }
}
