using static TorchSharp.torch;

namespace Seg.Train;

/// <summary>
/// Images and labels of one training step. Disposing it hands its memory back to the loader, which fills it again: nothing that shares
/// memory with the tensors may be used after that, a graph that is still to be run backwards included.
/// </summary>
public sealed class SegmentationBatch : IDisposable
{
    private Action? release;

    internal SegmentationBatch(Tensor images, Tensor labels, IReadOnlyList<int> indices, Action release)
    {
        (Images, Labels, Indices) = (images, labels, indices);
        this.release = release;
    }

    /// <summary>Normalised images, float32 (N, 3, H, W) in RGB order on the CPU, laid out with the channels innermost.</summary>
    public Tensor Images { get; }

    /// <summary>Class indices or the ignore index, uint8 (N, H, W) on the CPU.</summary>
    public Tensor Labels { get; }

    /// <summary>Which items of the data set these are, N of them.</summary>
    public IReadOnlyList<int> Indices { get; }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref release, null) is not { } handBack)
            return;
        Images.Dispose();
        Labels.Dispose();
        handBack();
    }
}
