namespace TorchSharp;

public static partial class torch
{
    /// <summary>A scope that disposes the tensors made inside it, on this thread.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.ThreadSingleton.NewDisposeScope();
}
