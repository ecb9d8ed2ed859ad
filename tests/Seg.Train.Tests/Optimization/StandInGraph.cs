using System.Runtime.InteropServices;
using Seg.Models.Networks;
using Seg.Models.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Train.Tests.Optimization;

/// <summary>
/// What a GPU does with a graph, on the CPU: recording computes nothing and leaves no number in what the work gives, and a replay writes to the
/// memory of the recording.
/// </summary>
internal sealed class StandInGraph(Network network) : IDeviceGraph
{
    private Func<Tensor>? recorded;
    private Tensor? memory;

    /// <summary>What was asked for, in its order.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>What recording fails with; null: it does not.</summary>
    public string? Fault { get; init; }

    public Tensor WarmUp(Func<Tensor> work)
    {
        Calls.Add("warm-up");
        return work();
    }

    public Tensor Capture(Func<Tensor> work)
    {
        Calls.Add("capture");
        if (Fault is not null)
            throw new ExternalException(Fault);
        using var random = get_rng_state();
        var result = Undone(work);
        set_rng_state(random);
        using (no_grad())
            result.fill_(double.NaN);
        (recorded, memory) = (work, result.alias().DetachFromDisposeScope());
        return result;
    }

    public void Replay()
    {
        Calls.Add("replay");
        using var scope = NewDisposeScope();
        var result = recorded!();
        using (no_grad())
            memory!.copy_(result);
    }

    public void Dispose() => memory?.Dispose();

    /// <summary>Does the work and takes back what it has changed.</summary>
    private Tensor Undone(Func<Tensor> work)
    {
        using var scope = NewDisposeScope();
        Tensor[] state = [.. network.state_dict().Values, .. network.parameters().Select(parameter => parameter.grad!)];
        var before = state.Select(tensor => tensor.clone()).ToArray();
        var result = work();
        using var withoutGradient = no_grad();
        foreach (var (tensor, old) in state.Zip(before))
            tensor.copy_(old);
        return result.MoveToOuterDisposeScope();
    }
}
