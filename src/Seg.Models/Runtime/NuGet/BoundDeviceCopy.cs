using static TorchSharp.torch;

namespace Seg.Models.Runtime;

/// <summary>A copy on the stream that computes: TorchSharp has no others.</summary>
internal sealed class BoundDeviceCopy(Tensor[] copies) : IDeviceCopy
{
    public Tensor[] Wait() => [.. copies.Select(copy => copy.alias().DetachFromDisposeScope())];

    public void Dispose()
    {
        foreach (var copy in copies)
            copy.Dispose();
    }
}
