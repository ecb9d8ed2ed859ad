namespace OpenCvSharp;

/// <summary>An object with native memory behind it.</summary>
public abstract class DisposableObject : IDisposable
{
    public bool IsDisposed { get; protected set; }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <exception cref="ObjectDisposedException">The object has been disposed.</exception>
    public void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(IsDisposed, this);

    // No finalizer: the handles below have their own.
    protected virtual void Dispose(bool disposing) => IsDisposed = true;
}
