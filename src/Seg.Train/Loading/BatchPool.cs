namespace Seg.Train.Loading;

/// <summary>Buffers that wait to be filled again. Any thread may rent and return.</summary>
internal sealed class BatchPool(int samples, int height, int width) : IDisposable
{
    private readonly Stack<BatchBuffer> free = new();
    private bool disposed;

    public BatchBuffer Rent()
    {
        lock (free)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (free.TryPop(out var buffer))
                return buffer;
        }
        return new BatchBuffer(samples, height, width);
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
