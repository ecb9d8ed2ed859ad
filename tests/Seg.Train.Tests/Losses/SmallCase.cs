using static TorchSharp.torch;

namespace Seg.Train.Tests.Losses;

/// <summary>
/// Two images of 6 x 9 labels of three classes, 20 of them ignored, with logits of 3 x 4. The numbers that the tests expect of it were computed with
/// PyTorch 1.13 in float64, from the losses' definitions.
/// </summary>
internal static class SmallCase
{
    public const byte Ignored = 255;

    private const int Images = 2, Classes = 3, Height = 6, Width = 9;

    /// <summary>2 · sin(1.7 i + 0.3), i the place in memory; requires a gradient.</summary>
    public static Tensor Logits(ScalarType type = ScalarType.Float32)
    {
        using var scope = NewDisposeScope();
        var places = arange(Images * Classes * 3 * 4, ScalarType.Float64);
        var logits = (2 * (1.7 * places + 0.3).sin()).view(Images, Classes, 3, 4).to_type(type);
        return logits.requires_grad_(true).MoveToOuterDisposeScope();
    }

    /// <summary>(j² + ⌊j / 5⌋) mod 4, j the place in memory; 3 stands for ignored.</summary>
    public static Tensor Labels()
    {
        var values = new byte[Images * Height * Width];
        for (var j = 0; j < values.Length; j++)
            values[j] = (j * j + j / 5) % 4 is var label and < 3 ? (byte)label : Ignored;
        return tensor(values, [Images, Height, Width]);
    }
}
