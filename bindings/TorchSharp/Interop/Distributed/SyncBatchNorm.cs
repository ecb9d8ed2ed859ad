namespace TorchSharp.Interop;

/// <summary>Batch norm over the batches of all processes of a group, as PyTorch's SyncBatchNorm: a mode of a thread, as autocast is.</summary>
public static class SyncBatchNorm
{
    private static readonly Operator BatchNormAct = new("seg::batch_norm_act");

    /// <summary>The number of the group; 0 outside of <see cref="Enable"/>.</summary>
    [field: ThreadStatic]
    public static long Group { get; private set; }

    /// <summary>Every batch norm that trains on this thread takes the statistics of all processes together, until disposed.</summary>
    public static IDisposable Enable(ProcessGroup group) => new Scope(group.Number);

    internal static torch.Tensor Normalize(
        torch.Tensor input, torch.Tensor? mean, torch.Tensor? variance, torch.Tensor? weight, torch.Tensor? bias, double momentum, double eps) =>
        mean is null || variance is null || weight is null || bias is null
            ? throw new NotSupportedException("Batch norm without weight, bias or running statistics cannot be synchronised.")
            : BatchNormAct.Tensor(input, weight, bias, mean, variance, Value.None, true, momentum, eps, false, Group);

    private sealed class Scope : IDisposable
    {
        private readonly long previous = Group;

        internal Scope(long group) => Group = group;

        public void Dispose() => Group = previous;
    }
}
