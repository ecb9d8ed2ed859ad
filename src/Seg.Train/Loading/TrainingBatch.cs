using Seg.Train.Losses;
using static TorchSharp.torch;

namespace Seg.Train;

/// <summary>
/// Images and targets of one training step. Disposing it hands its memory back to the loader, which fills it again: nothing that shares
/// memory with the tensors may be used after that, a graph that is still to be run backwards included.
/// </summary>
public sealed class TrainingBatch : IDisposable
{
    private Action? release;

    internal TrainingBatch(Tensor images, TrainingTargets targets, IReadOnlyList<int> indices, Action release)
    {
        (Images, Targets, Indices) = (images, targets, indices);
        this.release = release;
    }

    /// <summary>Normalised images, float32 (N, 3, H, W) in RGB order on the loader's device, laid out with the channels innermost.</summary>
    public Tensor Images { get; }

    /// <summary>What the network's outputs should be, on the same device. Segmentation: class indices or the ignore index, uint8 (N, H, W).</summary>
    public TrainingTargets Targets { get; }

    /// <summary>Which items of the data set these are, N of them.</summary>
    public IReadOnlyList<int> Indices { get; }

    /// <summary>Items of the whole batch, of which another rank may have a part.</summary>
    public required int TotalCount { get; init; }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref release, null) is not { } handBack)
            return;
        Images.Dispose();
        Targets.Dispose();
        handBack();
    }
}
