using System.Runtime.InteropServices;
using Seg.Models;
using Seg.Models.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Train.Optimization;

/// <summary>
/// Work on tensors that is done by one call to the GPU instead of one a kernel, as a CUDA graph: some times as it is, then recorded, then
/// replayed. Inputs of other shapes than the first ones' are worked on as without.
/// </summary>
/// <remarks>
/// As PyTorch's make_graphed_callables does it: a graph reads and writes the same memory each time, so inputs are copied to tensors that stay.
/// What the work changes besides, such as gradients, must stay where it is in memory. Random numbers go on from replay to replay.
/// </remarks>
/// <param name="graph">Empty; becomes this one's.</param>
public sealed class GraphedWork(IDeviceGraph graph) : IDisposable
{
    /// <summary>Times that the work is done before it is recorded; as many as in PyTorch.</summary>
    public const int WarmUps = 3;

    private const string Without = "train.cuda_graphs=false";

    private Tensor[]? held;
    private Tensor? result;
    private int runs;

    /// <summary>For a GPU.</summary>
    /// <exception cref="InputException">The device is none, or this libtorch has no CUDA graphs.</exception>
    public static GraphedWork Open(Device device)
    {
        if (device.type != DeviceType.CUDA)
            throw new InputException($"CUDA graphs are for GPUs, and the device is {device}; take --device cuda, or leave them out ({Without}).");
        try
        {
            return new(TorchRuntime.Current.NewGraph(device));
        }
        catch (Exception error) when (error is NotSupportedException or ExternalException)
        {
            throw new InputException($"There are no CUDA graphs here: {FirstLine(error)}. Leave them out ({Without}).", error);
        }
    }

    /// <summary>Does the work.</summary>
    /// <param name="inputs">On the device; not kept.</param>
    /// <param name="work">The same in each call: of what it reads besides its inputs, only numbers on the device may change.</param>
    /// <returns>What the work gives. Of a replay, with memory that the next one writes to.</returns>
    /// <exception cref="GraphCaptureException">The work cannot be recorded.</exception>
    public Tensor Run(IReadOnlyList<Tensor> inputs, Func<Tensor[], Tensor> work)
    {
        held ??= [.. inputs.Select(input => empty_like(input).DetachFromDisposeScope())];
        if (!inputs.Zip(held).All(pair => pair.First.dtype == pair.Second.dtype && pair.First.shape.SequenceEqual(pair.Second.shape)))
            return work([.. inputs]);
        foreach (var (input, own) in inputs.Zip(held))
            own.copy_(input);
        if (runs++ < WarmUps)
            return graph.WarmUp(() => work(held));
        result ??= Capture(work, held);
        graph.Replay();
        return result.alias();
    }

    public void Dispose()
    {
        result?.Dispose();
        foreach (var tensor in held ?? [])
            tensor.Dispose();
        graph.Dispose();
    }

    private Tensor Capture(Func<Tensor[], Tensor> work, Tensor[] inputs)
    {
        try
        {
            using var given = graph.Capture(() => work(inputs));
            return given.detach().DetachFromDisposeScope();
        }
        catch (ExternalException error) when (!MemoryShortage.IsCause(error))
        {
            throw new GraphCaptureException($"The training step cannot be a CUDA graph: {FirstLine(error)}. Leave it out ({Without}).", error);
        }
    }

    private static string FirstLine(Exception error) => error.Message.Split('\n')[0].TrimEnd('.');
}
