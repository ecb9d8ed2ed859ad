using OpenCvSharp;
using Seg.Models.Configuration;
using Seg.Models.Runtime;
using Seg.Predict.Imaging;
using Seg.Train.Datasets;
using Seg.Train.Optimization;
using Seg.Train.Transforms;

namespace Seg.Train.Tests;

/// <summary>
/// A run so small that a test can afford it: a network of a few thousand numbers, and images with three kinds of regions.
/// </summary>
internal static class TestConfigs
{
    public const int Height = 64, Width = 96;

    /// <param name="root">Where <see cref="WriteImages"/> has put the data.</param>
    public static RunConfig Tiny(string root = "nowhere") => new()
    {
        Model = new SegmentationConfig
        {
            NumClasses = 3,
            Backbone = new HRNetConfig { Width = 4, BottleneckChannels = 8, BlocksPerStage = [1, 1, 1, 1], ModulesPerStage = [1, 1, 1] },
            Head = new StripPoolingHeadConfig { PoolSizes = [4, 2], Dropout = 0.1 },   // dropout: so that random numbers matter
            Initialization = Initialization.Kaiming,
        },
        Data = new SegmentationDataConfig
        {
            Format = DataFormat.Folders,
            Root = root,
            Classes = ["ground", "disc", "bar"],
            Augmentation = new AugmentationConfig { CropSize = [Height, Width], Scale = [0.8, 1.25], Photometric = false },
        },
        Train = new TrainConfig
        {
            Epochs = 3,
            BatchSize = 2,
            Optimizer = new OptimizerConfig { LearningRate = 0.02 },
            Precision = Precision.Fp32,
            Previews = 1,
            Workers = 1,
        },
    };

    /// <summary>
    /// Writes images of a dark ground with a bright disc and a red bar, and their masks, four to train on and two to validate on.
    /// </summary>
    public static void WriteImages(string root, int train = 4, int validation = 2)
    {
        var random = new Random(7);
        foreach (var (split, count) in new[] { ("train", train), ("val", validation) })
        {
            Directory.CreateDirectory(Path.Combine(root, "images", split));
            Directory.CreateDirectory(Path.Combine(root, "masks", split));
            for (var index = 0; index < count; index++)
                WriteImage(root, split, $"{index:d2}.png", random);
        }
    }

    private static void WriteImage(string root, string split, string name, Random random)
    {
        using var image = new Mat(Height, Width, MatType.CV_8UC3);
        using var mask = new Mat(Height, Width, MatType.CV_8UC1);
        int centerX = random.Next(16, 40), centerY = random.Next(16, 48), barX = random.Next(56, 80);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var isDisc = (x - centerX) * (x - centerX) + (y - centerY) * (y - centerY) < 144;
                var isBar = x >= barX && x < barX + 12;
                var noise = random.Next(24);
                mask.Set(y, x, (byte)(isDisc ? 1 : isBar ? 2 : 0));
                var (blue, green, red) = isDisc ? (220, 200 + noise, 210) : isBar ? (30, noise, 200) : (40 + noise, 50, 45);
                image.Set(y, x, new Vec3b((byte)blue, (byte)green, (byte)red));
            }
        }
        ImageFile.Write(Path.Combine(root, "images", split, name), image);
        ImageFile.Write(Path.Combine(root, "masks", split, name), mask);
    }
}
