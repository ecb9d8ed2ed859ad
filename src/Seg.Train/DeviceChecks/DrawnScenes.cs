using Seg.Train.Losses;
using static TorchSharp.torch;

namespace Seg.Train.DeviceChecks;

/// <summary>
/// Pictures that a network learns in a few steps: rectangles whose colours say their class, under noise. Made of tensors alone, so that neither an image
/// library nor a file is needed, and drawn on the CPU, so that every device sees the same.
/// </summary>
internal sealed class DrawnScenes(int classes, int height, int width)
{
    private const int Rectangles = 6;
    private const double Noise = 0.3;

    /// <summary>A batch that depends on the seed alone: float32 (N, 3, H, W) and uint8 (N, H, W).</summary>
    public (Tensor Images, TrainingTargets Targets) Draw(int count, int seed)
    {
        using var scope = NewDisposeScope();
        var random = new Random(seed);
        var labels = zeros([count, height, width], ScalarType.Int64);
        for (var image = 0; image < count; image++)
        {
            using var one = labels.select(0, image);
            for (var index = 0; index < Rectangles; index++)
            {
                var (rows, columns) = (random.Next(height / 8, height / 2), random.Next(width / 8, width / 2));
                using var place = one.narrow(0, random.Next(height - rows), rows).narrow(1, random.Next(width - columns), columns);
                place.fill_(random.Next(classes));
            }
        }
        using var generator = new Generator((ulong)seed);
        var noise = randn([count, height, width, 3], ScalarType.Float32, generator: generator) * Noise;
        var colours = (arange(classes * 3, ScalarType.Float32).view(classes, 3) * 2.4).sin() * 1.5;   // apart from each other for all classes
        var images = (colours.index_select(0, labels.flatten()).view(count, height, width, 3) + noise).permute(0, 3, 1, 2);
        return (images.MoveToOuterDisposeScope(), new(labels.to_type(ScalarType.Byte).MoveToOuterDisposeScope()));
    }
}
