namespace Seg.Train.Synthesis;

/// <summary>
/// What a camera adds to a picture: softness, exposure, vignette and grain. All in whole numbers, so that every machine gets the
/// same bytes.
/// </summary>
internal sealed class Film
{
    private readonly int softness, grain, vignette;         // of 256
    private readonly byte[][] curves;                       // blue, green, red
    private readonly ulong seed;

    public Film(SceneRandom random)
    {
        softness = (int)random.Range(8, 70);
        grain = (int)random.Range(2, 9);
        vignette = (int)random.Range(10, 70);
        var (exposure, contrast, warmth) = (random.Around(1.04f, 0.14f), random.Around(1.04f, 0.14f), random.Around(0, 0.05f));
        curves = [Curve(exposure - warmth, contrast), Curve(exposure, contrast), Curve(exposure + warmth, contrast)];
        seed = random.Seed();
    }

    /// <param name="bgrx">The drawn picture, four bytes a pixel, row by row.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="frame">Number of the frame: each has grain of its own.</param>
    /// <returns>Three bytes a pixel: B, G, R.</returns>
    public byte[] Develop(byte[] bgrx, int width, int height, int frame)
    {
        var bgr = new byte[width * height * 3];
        var noise = seed + (ulong)frame * 0x9E3779B97F4A7C15;
        var reach = width * width / 4 + height * height / 4;
        for (var y = 0; y < height; y++)
        {
            var (above, below) = (Math.Max(y - 1, 0) * width, Math.Min(y + 1, height - 1) * width);
            for (var x = 0; x < width; x++)
            {
                var (left, right) = (Math.Max(x - 1, 0), Math.Min(x + 1, width - 1));
                var (dx, dy) = (x - width / 2, y - height / 2);
                var light = 256 - vignette * (dx * dx + dy * dy) / reach;
                // xorshift: one step a pixel, with enough bits for a grain of lightness and a smaller one of each colour
                noise ^= noise << 13;
                noise ^= noise >> 7;
                noise ^= noise << 17;
                var gray = Grain(noise, 0) + Grain(noise, 8);
                for (var channel = 0; channel < 3; channel++)
                {
                    var middle = bgrx[(y * width + x) * 4 + channel];
                    var around = bgrx[(above + x) * 4 + channel] + bgrx[(below + x) * 4 + channel]
                        + bgrx[(y * width + left) * 4 + channel] + bgrx[(y * width + right) * 4 + channel];
                    var soft = middle + (around - 4 * middle) * softness / 1024;
                    var value = curves[channel][soft] * light / 256 + (gray + Grain(noise, 16 + 8 * channel)) * grain / 256;
                    bgr[(y * width + x) * 3 + channel] = (byte)Math.Clamp(value, 0, 255);
                }
            }
        }
        return bgr;
    }

    private static int Grain(ulong noise, int shift) => (int)((noise >> shift) & 0xFF) - 128;

    private static byte[] Curve(float exposure, float contrast)
    {
        var curve = new byte[256];
        for (var i = 0; i < 256; i++)
            curve[i] = (byte)Math.Clamp((i / 255f * exposure - 0.5f) * contrast * 255 + 127.5f, 0, 255);
        return curve;
    }
}
