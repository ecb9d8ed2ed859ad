using OpenCvSharp;
using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Runtime;
using Seg.Models.Weights;
using Seg.Predict;
using Seg.Train.Losses;
using Seg.Train.Optimization;
using static TorchSharp.torch;

namespace Seg.Benchmarks;

/// <summary>Whether memory stays flat: many training steps, then many predictions, of seg_hrnet_w18s on small images.</summary>
/// <remarks>Prints, at every tenth of the way, the process's resident memory and the number of live native tensors.</remarks>
internal static class Memory
{
    private const int Height = 96, Width = 128, BatchSize = 4;

    public static void Run(int steps, int predictions)
    {
        set_num_threads(Environment.ProcessorCount);
        var config = ConfigReader.Read<ModelFileConfig>(ConfigReader.Find("seg_hrnet_w18s")).Model;
        var type = Precision.Auto.ToScalarType(CPU);
        using var network = NetworkFactory.Create(config);
        TorchRuntime.Current.ChannelsLast(network);
        network.train();
        using var optimizer = new NetworkOptimizer(network, new OptimizerConfig());
        using var loss = new SegmentationLoss(network, classWeights: null, ignoreIndex: 255, CPU);
        var step = new TrainingStep(network, optimizer, loss, CPU, type, channelsLast: true, gradientClip: null);
        using var images = rand(BatchSize, 3, Height, Width);
        using var targets = new TrainingTargets(randint(config.NumClasses, [BatchSize, Height, Width], ScalarType.Byte));
        Repeat("training step", steps, () => step.Run(images, targets, learningRate: 0.001));

        var labelSet = new LabelSet
        {
            Names = [.. Enumerable.Range(0, config.NumClasses).Select(index => $"class {index}")],
            Colors = [.. Enumerable.Range(0, config.NumClasses).Select(index => new Rgb((byte)index, 0, 0))],
        };
        var description = new SegmentationDescription { Model = config, Labels = labelSet, InputSize = [Height, Width] };
        using var predictor = new SegmentationPredictor(network, description, new PredictorOptions());
        using var image = new Mat(Height, Width, MatType.CV_8UC3, new Scalar(90, 120, 150));
        Repeat("prediction", predictions, () => predictor.Predict(image));
    }

    /// <summary>A quarter more actions come first and do not count: until then code is still compiled again and pools still fill.</summary>
    private static void Repeat(string name, int count, Action action)
    {
        for (var warmUp = 0; warmUp < count / 4; warmUp++)
            action();
        var start = Report(name, 0, start: null);
        for (var done = 1; done <= count; done++)
        {
            action();
            if (done % (count / 10) == 0)
                Report(name, done, start);
        }
    }

    private static long Report(string name, int done, long? start)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var resident = ResidentBytes();
        var growth = 100.0 * (resident - (start ?? resident)) / (start ?? resident);
        Console.WriteLine(
            $"{name} {done}: {resident / 1048576.0:F1} MiB resident ({growth:+0.00;-0.00;0.00} %), {TorchRuntime.Current.LiveTensors} live tensors");
        return resident;
    }

    private static long ResidentBytes()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
