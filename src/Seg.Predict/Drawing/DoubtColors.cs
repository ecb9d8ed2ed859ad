using Seg.Models;

namespace Seg.Predict.Drawing;

/// <summary>
/// Colours of confidence, the same as on the review's page: from what the network is sure of (dark) to what it guesses (light). They grow
/// in lightness with the doubt, so that they can be told apart without seeing red and green.
/// </summary>
internal static class DoubtColors
{
    private static readonly Rgb[] Stops =
        [new(13, 14, 33), new(66, 20, 90), new(142, 38, 98), new(214, 72, 66), new(246, 142, 46), new(250, 220, 120), new(255, 252, 224)];

    /// <summary>By 255 · confidence.</summary>
    public static Rgb[] Table { get; } = [.. Enumerable.Range(0, 256).Select(value => At(PlaceOf(value / 255.0)))];

    /// <summary>
    /// Where a confidence stands on the scale, 0 (sure) to 1 (none): the root of the doubt. Doubt is seldom, and its root spreads the upper
    /// end.
    /// </summary>
    public static double PlaceOf(double confidence) => Math.Sqrt(1 - confidence);

    /// <summary>The colour at a place of the scale.</summary>
    public static Rgb At(double place)
    {
        var scaled = Math.Clamp(place, 0, 1) * (Stops.Length - 1);
        var low = Math.Min(Stops.Length - 2, (int)scaled);
        var weight = scaled - low;
        return new Rgb(Mix(Stops[low].R, Stops[low + 1].R), Mix(Stops[low].G, Stops[low + 1].G), Mix(Stops[low].B, Stops[low + 1].B));

        byte Mix(byte from, byte to) => (byte)Math.Round(from * (1 - weight) + to * weight);
    }
}
