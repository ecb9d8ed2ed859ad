namespace Seg.Models.Runtime;

/// <summary>Where the rest of the code finds the <see cref="ITorchRuntime"/> of the bindings it was built with.</summary>
public static class TorchRuntime
{
    public static ITorchRuntime Current { get; } = new BoundTorchRuntime();
}
