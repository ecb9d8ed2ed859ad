using System.Runtime.InteropServices;
using Seg.Models;
using Seg.Models.Runtime;
using Seg.Train.Losses;
using Seg.Train.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Train.Tests.Optimization;

/// <summary>When a step is recorded, replayed or done as it is. What a GPU makes of it is not seen here.</summary>
public class GraphedWorkTests
{
    private const int Steps = 10;

    [Theory]
    [InlineData(ScalarType.Float32, false)]
    [InlineData(ScalarType.Float32, true)]
    [InlineData(ScalarType.BFloat16, true)]
    public void Recorded_steps_give_the_losses_and_weights_of_plain_ones_bit_by_bit(ScalarType type, bool scaled)
    {
        if (type != ScalarType.Float32 && !TorchRuntime.Current.HasAutocast)
            return;
        using Setup plain = new(type, scaled), recorded = new(type, scaled, graphed: true);

        Assert.Equal(plain.Losses(Images), recorded.Losses(Images));
        TensorAssert.SameState(plain.Network, recorded.Network);
        // The scale has changed while steps were replayed.
        Assert.Equal(scaled ? 65536 * 2 : null, recorded.Step.Scaler?.Factor);

        static int Images(int step) => 2;
    }

    [Fact]
    public void A_batch_of_another_shape_is_trained_on_as_without()
    {
        using Setup plain = new(), recorded = new(graphed: true);

        Assert.Equal(plain.Losses(Images), recorded.Losses(Images));
        TensorAssert.SameState(plain.Network, recorded.Network);
        // Not of steps 1, 6 and 8.
        Assert.Equal(["warm-up", "warm-up", "warm-up", "capture", "replay", "replay", "replay", "replay"], recorded.Graph!.Calls);

        static int Images(int step) => step is 1 or 6 or 8 ? 1 : 2;
    }

    [Fact]
    public void A_replay_takes_no_new_memory()
    {
        if (TorchRuntime.Current.LiveTensors is null)
            return;   // these bindings do not count
        CollectGarbage();   // that of other tests
        var before = TorchRuntime.Current.LiveTensors;
        using (Setup recorded = new(graphed: true))
        {
            recorded.Losses(_ => 2);
            CollectGarbage();
            var counts = new HashSet<long?>();
            for (var round = 0; round < 3; round++)
            {
                recorded.Losses(_ => 2);
                counts.Add(TorchRuntime.Current.LiveTensors);
            }
            Assert.Single(counts);
        }
        CollectGarbage();
        Assert.Equal(before, TorchRuntime.Current.LiveTensors);

        static void CollectGarbage()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    [Fact]
    public void A_step_that_cannot_be_recorded_says_why_and_changes_no_weight()
    {
        using Setup plain = new(), recorded = new(graphed: true, fault: "operation not permitted when stream is capturing.\nmore of it");
        plain.Losses(_ => 2, GraphedWork.WarmUps);

        var error = Assert.Throws<GraphCaptureException>(() => recorded.Losses(_ => 2));

        Assert.Equal(
            "The training step cannot be a CUDA graph: operation not permitted when stream is capturing. Leave it out (train.cuda_graphs=false).",
            error.Message);
        TensorAssert.SameState(plain.Network, recorded.Network);
    }

    [Fact]
    public void Memory_that_is_short_while_recording_is_told_as_at_any_step()
    {
        using Setup recorded = new(graphed: true, fault: "CUDA out of memory. Tried to allocate 2 GiB");

        Assert.Contains("out of memory", Assert.Throws<ExternalException>(() => recorded.Losses(_ => 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_gpu_there_are_none()
    {
        var error = Assert.Throws<InputException>(() => GraphedWork.Open(CPU));
        Assert.StartsWith("CUDA graphs are for GPUs, and the device is cpu", error.Message, StringComparison.Ordinal);
        if (!cuda.is_available())
        {
            error = Assert.Throws<InputException>(() => GraphedWork.Open(new Device(DeviceType.CUDA)));
            Assert.StartsWith("There are no CUDA graphs here: ", error.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>A tiny network with dropout and its optimizer, from seed 0.</summary>
    private sealed class Setup : IDisposable
    {
        private readonly NetworkOptimizer optimizer;
        private readonly SegmentationLoss loss;
        private readonly GraphedWork? work;

        public Setup(ScalarType type = ScalarType.Float32, bool scaled = false, bool graphed = false, string? fault = null)
        {
            manual_seed(0);
            Network = new TinyNetwork(dropped: 0.3);
            optimizer = new NetworkOptimizer(Network, new OptimizerConfig { LearningRate = 0.1 });
            loss = new SegmentationLoss(Network, classWeights: null, 255, CPU);
            if (graphed)
                work = new GraphedWork(Graph = new StandInGraph(Network) { Fault = fault });
            var scaler = scaled ? new GradientScaler() : null;
            scaler?.Restore(65536, GradientScaler.GrowthInterval - Steps + 3);
            Step = new TrainingStep(Network, optimizer, loss, CPU, type, channelsLast: true, gradientClip: null)
            {
                Scaler = scaler,
                Graph = work,
            };
        }

        public TinyNetwork Network { get; }

        public StandInGraph? Graph { get; }

        public TrainingStep Step { get; }

        /// <summary>Of some steps, on another batch each.</summary>
        public double[] Losses(Func<int, int> images, int steps = Steps)
        {
            using var generator = new Generator(7);
            manual_seed(1);
            return [.. Enumerable.Range(0, steps).Select(step =>
            {
                using var scope = NewDisposeScope();
                var batch = randn([images(step), 3, 32, 32], generator: generator);
                var labels = batch.select(1, 0).gt(0).to_type(ScalarType.Byte);
                return Step.Run(batch, new(labels), learningRate: 0.1).Loss;
            })];
        }

        public void Dispose()
        {
            work?.Dispose();
            optimizer.Dispose();
            loss.Dispose();
            Network.Dispose();
        }
    }
}
