using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Seg.Models.Runtime;

/// <summary>
/// Processes ("ranks") that train together. Each makes the same calls in the same order, and each call waits for all others;
/// <see cref="Abort"/>, from another thread, makes them fail.
/// </summary>
/// <exception cref="System.Runtime.InteropServices.ExternalException">From every call: a rank is lost, or the group was aborted.</exception>
public interface IProcessGroup : IDisposable
{
    /// <summary>Adds the ranks' tensors up, in place: float32, float64, int32 or int64.</summary>
    void Sum(Tensor tensor);

    /// <summary>Each rank's tensor, of one shape and type: (ranks, …).</summary>
    Tensor Gather(Tensor tensor);

    /// <summary>Copies one rank's tensors into all others', which have the same shapes and types.</summary>
    void Broadcast(IReadOnlyList<Tensor> tensors, int source);

    /// <summary>Adds the gradients of these parameters up over the ranks.</summary>
    IGradientReducer Reduce(IReadOnlyList<Parameter> parameters);

    /// <summary>Batch norms that train on this thread take the statistics of all ranks' batches together, until disposed.</summary>
    IDisposable SynchronizeBatchNorm();

    /// <summary>Makes every call that waits in this group, or will, fail with this message.</summary>
    void Abort(string reason);
}
