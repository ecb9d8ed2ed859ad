namespace Seg.Train.Loading;

/// <summary>Buffers that wait to be filled again. Any thread may rent and return.</summary>
/// <param name="samples">Of a batch.</param>
/// <param name="layout">Of a batch.</param>
internal sealed class BatchPool(int samples, BatchLayout layout) : IDisposable
{
    private readonly Stack<BatchBuffer> free = new();
    private bool disposed;

    /// <summary>Whether buffers made from now on lie in pinned memory, which a GPU can read by itself.</summary>
    public bool Pinned { get; set; }

    public BatchBuffer Rent()
    {
        lock (free)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (free.TryPop(out var buffer))
                return buffer;
        }
        return new BatchBuffer(samples, layout, Pinned);
    }

    public void Return(BatchBuffer buffer)
    {
        lock (free)
        {
            if (!disposed)
            {
                free.Push(buffer);
                return;
            }
        }
        buffer.Dispose();
    }

    public void Dispose()
    {
        lock (free)
        {
            disposed = true;
            while (free.TryPop(out var buffer))
                buffer.Dispose();
        }
    }
}
