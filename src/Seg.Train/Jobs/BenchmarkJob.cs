using System.Diagnostics;
using Seg.Models;
using Seg.Models.Codecs;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Runtime;
using Seg.Train.Losses;
using Seg.Train.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Train.Jobs;

/// <summary>Times a network on random images. What <c>seg bench</c> does.</summary>
public static class BenchmarkJob
{
    /// <exception cref="InputException">The model cannot be built, or it cannot be trained on such an input, or not as a CUDA graph.</exception>
    /// <exception cref="GraphCaptureException">The step cannot be a CUDA graph.</exception>
    public static BenchmarkResult Run(BenchmarkRequest request, CancellationToken cancellation = default)
    {
        using var scope = NewDisposeScope();
        using var source = NetworkSource.Load(request.Model, request.Overrides);
        var shape = source.InputShape(request.Input);
        shape[0] = request.Batch;
        if (request.Precision == Precision.Int8 && (request.Train || request.Device.type != DeviceType.CPU || !TorchRuntime.Current.HasInt8))
            throw new InputException("The precision int8 is for forward passes on a processor that has instructions for it (AVX512_VNNI).");
        var type = request.Precision.ToScalarType(request.Device);
        if (request.CudaGraphs && !request.Train)
            throw new InputException("CUDA graphs are for training steps; add --train, or leave --cuda-graphs out.");
        string? form = null;
        var milliseconds = request.Train
            ? TimeTraining(request, source, shape, type, cancellation)
            : TimeForward(request, source, shape, type, out form, cancellation);
        return new BenchmarkResult
        {
            Model = request.Model,
            Mode = request.Train ? "train" : "forward",
            Input = shape,
            Device = request.Device.ToString(),
            Precision = request.Precision == Precision.Int8 ? "int8" : TrainingPrecision.NameOf(type),
            Threads = get_num_threads(),
            Runtime = TorchRuntime.Current.Description,
            Form = form,
            WarmUp = request.WarmUp,
            Milliseconds = milliseconds,
        };
    }

    /// <summary>The forward pass as predictions make it: batch norm folded, channels innermost, weights in the type.</summary>
    private static double[] TimeForward(
        BenchmarkRequest request, NetworkSource source, long[] shape, ScalarType type, out string? form, CancellationToken cancellation)
    {
        var images = TorchRuntime.Current.ChannelsLast(rand(shape, ScalarType.Float32, request.Device).to_type(type));
        using var mode = inference_mode();
        var calibration = request.Precision == Precision.Int8 ? source.Description?.Calibration ?? Calibrate(source, images) : null;
        using var network = new CompilingNetwork(source.Network, source.Config, request.Device, type, request.Compilation, calibration);
        using (var untimed = NewDisposeScope())
            network.Predict(images);   // the first image makes the plan
        var milliseconds = Time(request, cancellation, () =>
        {
            using var scope = NewDisposeScope();
            network.Predict(images);
        });
        form = network.Form;
        return milliseconds;
    }

    private static Int8Calibration Calibrate(NetworkSource source, Tensor images)
    {
        using var scope = NewDisposeScope();
        var recorder = TorchRuntime.Current.RecordActivations();
        using var network = new CompilingNetwork(source.Network, source.Config, CPU, ScalarType.Float32) { Recorder = recorder };
        network.Predict(images.narrow(0, 0, 1));
        return recorder.Finish();
    }

    /// <summary>A step as the trainer makes it, on images that lie in memory already.</summary>
    private static double[] TimeTraining(BenchmarkRequest request, NetworkSource source, long[] shape, ScalarType type, CancellationToken cancellation)
    {
        if (source.Config is not (SegmentationConfig or PoseConfig or BottomUpPoseConfig) || shape.Length != 4)
            throw new InputException("A training step needs a network for segmentation or pose, and images; leave --train out to time this one's forward pass.");
        const double LearningRate = 0.01;
        source.Network.to(request.Device);
        TorchRuntime.Current.ChannelsLast(source.Network);
        source.Network.train();
        using var optimizer = new NetworkOptimizer(source.Network, new OptimizerConfig());
        var (loss, targets) = LossAndTargets(source, shape, request.Device);
        using var owned = loss;
        using var graph = request.CudaGraphs ? GraphedWork.Open(request.Device) : null;
        var step = new TrainingStep(source.Network, optimizer, loss, request.Device, type, channelsLast: true, gradientClip: null)
        {
            Scaler = type == ScalarType.Float16 ? new GradientScaler() : null,
            Graph = graph,
        };
        var images = rand(shape, ScalarType.Float32).to(request.Device);
        targets = targets.To(request.Device);
        return Time(request, cancellation, () => step.Run(images, targets, LearningRate));
    }

    private static (ITrainingLoss Loss, TrainingTargets Targets) LossAndTargets(NetworkSource source, long[] shape, Device device)
    {
        const byte Ignored = 255;
        if (source.Config is BottomUpPoseConfig bottomUp)
        {
            var targets = new DekrCodec(bottomUp.Codec, KeypointSet.Numbered(bottomUp.NumClasses)).TargetShape(((int)shape[2], (int)shape[3]));
            long[] maps = [shape[0], .. targets.Select(extent => (long)extent)];
            return (new DekrLoss(source.Network.OutputWeights), new(rand(maps), rand(maps)));
        }
        if (source.Config is not PoseConfig pose)
        {
            return (
                new SegmentationLoss(source.Network, classWeights: null, Ignored, device),
                new(randint(source.Config.NumClasses, [shape[0], shape[2], shape[3]], ScalarType.Byte)));
        }
        var codec = CodecFactory.Create(pose.Codec, ((int)shape[2], (int)shape[3]), KeypointSet.Numbered(pose.NumClasses));
        return (
            new KeypointLoss(source.Network, KeypointLossFactory.Create([LossConfig.UsualOf(pose)], codec)),
            new(rand([shape[0], .. codec.TargetShape.Select(extent => (long)extent)]), ones(shape[0], pose.NumClasses)));
    }

    private static double[] Time(BenchmarkRequest request, CancellationToken cancellation, Action action)
    {
        var milliseconds = new double[request.Runs];
        for (var run = -request.WarmUp; run < request.Runs; run++)
        {
            cancellation.ThrowIfCancellationRequested();
            var start = Stopwatch.GetTimestamp();
            action();
            if (request.Device.type == DeviceType.CUDA)
                cuda.synchronize(request.Device);
            if (run >= 0)
                milliseconds[run] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        return milliseconds;
    }
}
