using Seg.Models;
using Seg.Models.Runtime;
using Seg.Train.Checkpoints;
using Seg.Train.Optimization;
using Seg.Train.Runs;
using static TorchSharp.torch;

namespace Seg.Train.Tests.Checkpoints;

public sealed class CheckpointStoreTests : IDisposable
{
    private static readonly TrainingPosition Position = new()
    {
        Epoch = 2,
        Batch = 5,
        Step = 25,
        LossSum = 1.25,
        LossCount = 5,
        BestScore = 0.4,
        BestEpoch = 1,
    };

    private readonly TemporaryFolder folder = new();
    private readonly RunDirectory run;
    private readonly CheckpointStore store;
    private readonly TinyNetwork network = new();
    private readonly NetworkOptimizer optimizer;

    public CheckpointStoreTests()
    {
        run = RunDirectory.Create(folder.At("run"), TestConfigs.Tiny());
        store = new CheckpointStore(run);
        optimizer = new NetworkOptimizer(network, new OptimizerConfig());
        Train();
    }

    [Fact]
    public void Everything_comes_back_as_it_was()
    {
        using var scope = NewDisposeScope();
        store.Save(network, optimizer, Position);
        var expectedNoise = rand(4);
        var expectedMomentum = optimizer.State()["momentum_buffer/conv.weight"].clone();
        using var other = new TinyNetwork();
        using var otherOptimizer = new NetworkOptimizer(other, new OptimizerConfig());

        Assert.Equal(Position, store.Load(other, otherOptimizer, NoWarning));
        TensorAssert.SameState(network, other);
        TensorAssert.Close(expectedMomentum, otherOptimizer.State()["momentum_buffer/conv.weight"], tolerance: 0);
        TensorAssert.Close(expectedNoise, rand(4), tolerance: 0);   // the generator was restored to where it was saved
    }

    [Fact]
    public void Saving_and_loading_leave_no_tensor_behind()
    {
        store.Save(network, optimizer, Position);
        store.Load(network, optimizer, NoWarning);
        var before = TorchRuntime.Current.LiveTensors;

        store.Save(network, optimizer, Position);
        store.Load(network, optimizer, NoWarning);

        Assert.Equal(before, TorchRuntime.Current.LiveTensors);
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_never_saved()
    {
        store.Save(network, optimizer, Position);
        var saved = File.ReadAllBytes(run.State);
        using (no_grad())
            network.Weight.fill_(float.NaN);

        var error = Assert.Throws<TrainingDivergedException>(() => store.Save(network, optimizer, Position with { Step = 26 }));
        Assert.Contains("step 26", error.Message, StringComparison.Ordinal);
        Assert.Contains("conv.weight", error.Message, StringComparison.Ordinal);
        Assert.Contains("learning_rate", error.Message, StringComparison.Ordinal);
        Assert.Equal(saved, File.ReadAllBytes(run.State));
    }

    [Fact]
    public void A_full_disk_leaves_the_old_checkpoint()
    {
        store.Save(network, optimizer, Position);
        var saved = File.ReadAllBytes(run.State);
        Train();
        // Every write to /dev/full fails as on a full disk; whatever name the writer takes for its unfinished file must lead there.
        if (!File.Exists("/dev/full"))
            return;
        File.CreateSymbolicLink(run.State + ".next.tmp", "/dev/full");

        var error = Assert.ThrowsAny<Exception>(() => store.Save(network, optimizer, Position with { Step = 26 }));
        Assert.True(error is IOException or InputException, error.ToString());
        Assert.Contains(run.State, error.Message, StringComparison.Ordinal);
        Assert.Equal(saved, File.ReadAllBytes(run.State));
        Assert.Equal(25, store.Load(network, optimizer, NoWarning).Step);
    }

    [Fact]
    public void A_damaged_checkpoint_falls_back_to_the_one_before()
    {
        store.Save(network, optimizer, Position);
        store.Save(network, optimizer, Position with { Step = 26 });
        var bytes = File.ReadAllBytes(run.State);
        File.WriteAllBytes(run.State, bytes[..(bytes.Length / 2)]);
        var warnings = new List<string>();

        Assert.Equal(25, store.Load(network, optimizer, warnings.Add).Step);
        Assert.Contains("step 25", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_another_network_is_refused_by_its_keys()
    {
        store.Save(network, optimizer, Position);
        using var other = new TinyNetwork(classes: 5);
        using var otherOptimizer = new NetworkOptimizer(other, new OptimizerConfig());

        var error = Assert.Throws<InputException>(() => store.Load(other, otherOptimizer, NoWarning));
        Assert.Contains("classifier.weight", error.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        optimizer.Dispose();
        network.Dispose();
        folder.Dispose();
    }

    private static void NoWarning(string message) => Assert.Fail(message);

    private void Train()
    {
        using var scope = NewDisposeScope();
        optimizer.ZeroGradients();
        network.call(randn(2, 3, 16, 16))[0].square().sum().backward();
        optimizer.Step();
    }
}
