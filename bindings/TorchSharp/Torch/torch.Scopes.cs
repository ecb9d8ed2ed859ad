namespace TorchSharp;

// Things that hold until they are disposed, for this thread.
public static partial class torch
{
    /// <summary>A scope that disposes the tensors made inside it.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.ThreadSingleton.NewDisposeScope();

    /// <summary>What is made by the function goes to the scope around, everything else made on the way is disposed.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }

    /// <summary>Operators record nothing for gradients.</summary>
    public static IDisposable no_grad() => new GradientMode(false);

    /// <summary>Operators record for gradients again, inside of <see cref="no_grad"/>.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradientMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradientMode(mode);

    public static bool is_grad_enabled() => GradientMode.IsEnabled;

    /// <summary>As <see cref="no_grad"/>, and what is made inside can never take part in gradients, which makes it cheaper.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => InferenceMode.IsEnabled;
}
