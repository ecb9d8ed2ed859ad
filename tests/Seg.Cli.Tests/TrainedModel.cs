using Seg.Train.Synthesis;

namespace Seg.Cli.Tests;

/// <summary>Small generated scenes and a small network trained on them for two steps, by the commands themselves; made once for all tests of a class.</summary>
public sealed class TrainedModel : ITrainedModel, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public TrainedModel()
    {
        StreetScenes.Write(Scenes, new SynthConfig { Train = 4, Val = 2, Width = 128, Height = 64 });
        Training = CommandRun.Of(TrainArguments(Run)).Succeeded();
    }

    /// <summary>What training printed.</summary>
    internal CommandRun Training { get; }

    /// <summary>Four scenes to train on and two held out, 128 x 64.</summary>
    public string Scenes => folder.At("scenes");

    public string Run => folder.At("run");

    public string Model => folder.At("run", "best.safetensors");

    /// <summary>An image of the scenes.</summary>
    public string Image => folder.At("scenes", "leftImg8bit", "val", "synth", "synth_000000_000019_leftImg8bit.png");

    public string At(params string[] parts) => folder.At(parts);

    public string[] TrainArguments(string run, params string[] more) =>
    [
        "train", Repository.At("configs", "demo", "street_scenes.yaml"), "--data", Scenes, "--run", run, "--device", "cpu", "--precision", "fp32", "--threads", "1",
        "--set", "train.epochs=1", "--set", "train.batch_size=2", "--set", "train.schedule.warmup_steps=0", "--set", "train.previews=1",
        "--set", "data.augmentation.crop_size=[64, 128]",
        "--set", "model.backbone={name: hrnet, width: 4, bottleneck_channels: 8, blocks_per_stage: [1, 1, 1, 1], modules_per_stage: [1, 1, 1]}",
        .. more,
    ];

    public void Dispose() => folder.Dispose();
}
