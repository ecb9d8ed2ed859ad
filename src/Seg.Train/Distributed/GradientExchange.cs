using Seg.Models.Runtime;

namespace Seg.Train.Distributed;

/// <summary>What a training step does together with other ranks: batch norm in forward and backward, sums of gradients and losses.</summary>
/// <param name="reducer">Becomes this one's.</param>
/// <param name="syncBatchNorm">Whether batch norms see the batches of all ranks.</param>
public sealed class GradientExchange(IRanks ranks, IProcessGroup group, IGradientReducer reducer, bool syncBatchNorm) : IDisposable
{
    /// <summary>Around the forward pass; null where each rank's batch norms are its own.</summary>
    public IDisposable? BatchNorm() => syncBatchNorm ? group.SynchronizeBatchNorm() : null;

    /// <summary>The next backward is a step's last: gradients leave for the other ranks while it runs.</summary>
    public void BeginLast() => reducer.Arm();

    /// <summary>Waits for the sums of all ranks' gradients, and adds up some numbers, in place.</summary>
    public void Finish(double[] numbers)
    {
        reducer.Finish();
        ranks.Sum(numbers);
    }

    public void Dispose() => reducer.Dispose();
}
