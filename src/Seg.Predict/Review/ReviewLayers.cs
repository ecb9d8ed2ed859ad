using System.Text;
using OpenCvSharp;
using Seg.Predict.Imaging;

namespace Seg.Predict.Review;

/// <summary>
/// The layers that the viewer paints from: maps of class ids and confidence as PNG inside a script. A page on a disk may show an image file
/// beside it but not read its pixels (to the browser, every file is of another origin); those of an image inside a script it may.
/// </summary>
internal static class ReviewLayers
{
    /// <summary>Longest side, in pixels, of label maps: more than a screen shows at once.</summary>
    public const int LongestSide = 2048;

    /// <summary>The same of the confidence, which comes from logits at a quarter of the image's size and varies slowly.</summary>
    private const int LongestConfidenceSide = 640;

    /// <summary>A script that hands the layers of one item to the page.</summary>
    public static byte[] Script(string key, ReviewItem item)
    {
        List<string> layers = [];
        Add("ids", item.Labels is { } labels ? LabelPng.Encode(Shrink(labels)) : null);
        Add("truth", item.Truth is { } truth ? LabelPng.Encode(Shrink(truth.Labels)) : null);
        Add("confidence", item.Labels?.Confidence is { } confidence ? Encode(confidence, item.Labels.Width, item.Labels.Height) : null);
        return Encoding.ASCII.GetBytes($"segReview.layers(\"{key}\",{{{string.Join(',', layers)}}});\n");

        void Add(string name, byte[]? png)
        {
            if (png is not null)
                layers.Add($"\"{name}\":\"data:image/png;base64,{Convert.ToBase64String(png)}\"");
        }
    }

    /// <summary>A size of the same shape whose longest side is not above <paramref name="longest"/>.</summary>
    public static Size Fit(int width, int height, int longest)
    {
        var scale = Math.Min(1, longest / (double)Math.Max(width, height));
        return new Size(Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));
    }

    /// <summary>The map at another size; each pixel has the class of the one that it stands for.</summary>
    public static LabelMap Resize(LabelMap map, Size size)
    {
        if (size.Width == map.Width && size.Height == map.Height)
            return map;
        using var ids = ToMat(map.Labels, map.Width, map.Height);
        using Mat resized = new();
        Cv2.Resize(ids, resized, size, interpolation: InterpolationFlags.Nearest);
        return resized.ToLabelMap();
    }

    private static LabelMap Shrink(LabelMap map) => Resize(map, Fit(map.Width, map.Height, LongestSide));

    private static byte[] Encode(ConfidenceMap confidence, int width, int height)
    {
        using var values = ToMat(confidence.Values, width, height);
        using Mat resized = new();
        Cv2.Resize(values, resized, Fit(width, height, LongestConfidenceSide), interpolation: InterpolationFlags.Area);
        Cv2.ImEncode(".png", resized, out var png, new ImageEncodingParam(ImwriteFlags.PngCompression, 3));
        return png;
    }

    private static Mat ToMat(byte[] values, int width, int height)
    {
        Mat mat = new(height, width, MatType.CV_8UC1);
        for (var y = 0; y < height; y++)
            values.AsSpan(y * width, width).CopyTo(mat.RowBytes(y));
        return mat;
    }
}
