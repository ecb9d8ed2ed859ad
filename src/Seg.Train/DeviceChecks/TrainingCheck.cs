using System.Diagnostics;
using System.Runtime.InteropServices;
using Seg.Models;
using Seg.Models.Networks;
using Seg.Models.Runtime;
using Seg.Train.Jobs;
using Seg.Train.Losses;
using Seg.Train.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Train.DeviceChecks;

/// <summary>Trains the yardstick network for some steps, as the trainer does: batches copied beside the work, autocast, the loss scaled in float16.</summary>
internal static class TrainingCheck
{
    private const string Model = "seg_hrnet_w18s";
    private const byte Ignored = 255;

    /// <summary>Steps whose losses are compared with and without a graph: later ones drift apart by rounding alone.</summary>
    private const int Compared = GraphedWork.WarmUps + 9;

    /// <summary>The same steps as a CUDA graph.</summary>
    /// <param name="plain">What came of them without.</param>
    public static TrainingFinding RunGraphed(
        TrainingFinding plain, Device device, ScalarType type, int batch, (int Height, int Width) size, CancellationToken cancellation)
    {
        try
        {
            using var graph = GraphedWork.Open(device);
            var finding = Run(device, type, plain.Losses.Count, batch, size, cancellation, graph);
            return finding with { GraphDifference = Difference(plain.Losses, finding.Losses) };
        }
        catch (Exception error) when (error is InputException or GraphCaptureException or ExternalException)
        {
            return new(plain.Precision, [], 0, double.NaN, double.NaN) { Fault = error.Message };
        }
    }

    /// <summary>The largest difference of the first losses, relative to those without a graph.</summary>
    public static double Difference(IReadOnlyList<double> plain, IReadOnlyList<double> graphed) =>
        plain.Zip(graphed).Take(Compared).Max(pair => Math.Abs(pair.First - pair.Second) / pair.First);

    /// <param name="type">Float32, or the type of the forward pass.</param>
    /// <param name="size">Height and width of the pictures.</param>
    /// <param name="graph">What makes the steps a CUDA graph; null for none.</param>
    public static TrainingFinding Run(
        Device device, ScalarType type, int steps, int batch, (int Height, int Width) size, CancellationToken cancellation, GraphedWork? graph = null)
    {
        const double LearningRate = 0.02;
        using var source = NetworkSource.Load(Model, []);
        var network = source.Network;
        network.to(device);
        TorchRuntime.Current.ChannelsLast(network);
        network.train();
        var scenes = new DrawnScenes(source.Config.NumClasses, size.Height, size.Width);
        using var optimizer = new NetworkOptimizer(network, new OptimizerConfig { LearningRate = LearningRate });
        using var loss = new SegmentationLoss(network, classWeights: null, Ignored, device);
        var step = new TrainingStep(network, optimizer, loss, device, type, channelsLast: true, gradientClip: null)
        {
            Scaler = type == ScalarType.Float16 ? new GradientScaler() : null,
            Graph = graph,
        };

        var losses = new List<double>();
        var skipped = 0;
        var clock = new Stopwatch();
        for (var index = 0; index < steps; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var (images, targets) = Arrived(scenes.Draw(batch, seed: index), device);
            if (index >= steps / 2)
                clock.Start();
            var outcome = step.Run(images, targets, LearningRate);
            if (device.type == DeviceType.CUDA)
                cuda.synchronize(device);
            clock.Stop();
            losses.Add(outcome.Loss);
            skipped += outcome.Verdict == StepVerdict.Updated ? 0 : 1;
        }
        network.eval();
        var timed = steps - steps / 2;
        return new(TrainingPrecision.NameOf(type), losses, skipped, Accuracy(network, scenes, batch, device), timed * batch / clock.Elapsed.TotalSeconds);
    }

    /// <summary>A batch as the loader sends it.</summary>
    private static (Tensor Images, TrainingTargets Targets) Arrived((Tensor Images, TrainingTargets Targets) batch, Device device)
    {
        if (device.type != DeviceType.CUDA)
            return batch;
        Tensor[] pinned = [batch.Images.pin_memory(), batch.Targets.Main.pin_memory()];
        using var copy = TorchRuntime.Current.StartCopy(pinned, device);
        var arrived = copy.Wait();
        // They end with the scope of the step.
        return (arrived[0].alias(), new(arrived[1].alias()));
    }

    /// <summary>Share of the pixels of pictures that no step has seen whose class is right.</summary>
    private static double Accuracy(Network network, DrawnScenes scenes, int count, Device device)
    {
        const int Unseen = 1_000_000;
        using var scope = NewDisposeScope();
        using var mode = inference_mode();
        var (images, targets) = scenes.Draw(count, Unseen);
        var labels = targets.Main.to(device);
        var found = TorchRuntime.Current.UpsampledArgMax(
            network.Predict(images.to(device)), (int)labels.shape[1], (int)labels.shape[2], network.AlignCorners);
        return found.eq(labels).to_type(ScalarType.Float64).mean().item<double>();
    }
}
