using OpenCvSharp;
using Seg.Predict.Imaging;

namespace Seg.Predict.Drawing;

/// <summary>Draws how sure a network is of each pixel, with the scale of its colours and the mean.</summary>
/// <remarks>Safe to use from several threads at a time.</remarks>
/// <param name="scale">Where the scale goes.</param>
public sealed class ConfidencePicture(LegendPlacement scale = LegendPlacement.Below)
{
    /// <returns>CV_8UC3 of the map's size, or larger by the scale where that stands below.</returns>
    /// <exception cref="ArgumentException">The map has no confidence.</exception>
    public Mat Draw(LabelMap map)
    {
        var confidence = map.Confidence ?? throw new ArgumentException("The label map has no confidence; predict with it.", nameof(map));
        Size size = new(map.Width, map.Height);
        return KeyedPicture.Draw(size, scale, inside => ConfidenceScale.For(confidence.Mean, size, inside), picture =>
        {
            for (var y = 0; y < map.Height; y++)
            {
                var values = confidence.Values.AsSpan(y * map.Width, map.Width);
                var pixels = picture.RowBytes(y);
                for (var x = 0; x < values.Length; x++)
                {
                    var color = DoubtColors.Table[values[x]];
                    (pixels[3 * x], pixels[3 * x + 1], pixels[3 * x + 2]) = (color.B, color.G, color.R);
                }
            }
        });
    }
}
