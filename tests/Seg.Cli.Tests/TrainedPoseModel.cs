using Seg.Train.Synthesis.Figures;

namespace Seg.Cli.Tests;

/// <summary>Small generated scenes with people, and a small pose network trained on them for an epoch.</summary>
public sealed class TrainedPoseModel : ITrainedModel, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public TrainedPoseModel()
    {
        FigureScenes.Write(Scenes, new FigureConfig { Train = 4, Val = 3, Width = 192, Height = 144, MostPeople = 2 });
        Training = CommandRun.Of(TrainArguments(Run)).Succeeded();
    }

    /// <summary>What training printed.</summary>
    internal CommandRun Training { get; }

    /// <summary>Four scenes to train on and three held out.</summary>
    public string Scenes => folder.At("scenes");

    public string Run => folder.At("run");

    public string Model => folder.At("run", "last.safetensors");

    /// <summary>Boxes of the held-out people as of a detector.</summary>
    public string Boxes => Path.Combine(Scenes, FigureScenes.DetectionFile.Replace("{split}", FigureScenes.ValidationSplit));

    public string At(params string[] parts) => folder.At(parts);

    public string[] TrainArguments(string run, params string[] more) =>
    [
        "train", Repository.At("configs", "coco", "pose_hrnet_w32_256x192.yaml"), "--data", Scenes, "--run", run, "--device", "cpu", "--precision", "fp32",
        "--threads", "1", "--set", "train.epochs=1", "--set", "train.batch_size=2", "--set", "train.accumulate=1", "--set", "train.previews=1",
        "--set", "train.validate_every=1", "--set", "data.augmentation.crop_size=[64, 32]",
        "--set", "model.backbone={width: 4, bottleneck_channels: 8, blocks_per_stage: [1, 1, 1, 1], modules_per_stage: [1, 1, 1]}",
        .. more,
    ];

    public void Dispose() => folder.Dispose();
}
