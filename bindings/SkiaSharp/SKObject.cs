namespace SkiaSharp;

/// <summary>
/// Base of what is disposed. After <see cref="Dispose()"/> every use throws <see cref="ObjectDisposedException"/>; none crashes.
/// </summary>
/// <remarks>Native memory sits in SafeHandles inside, so that an object that nobody disposed is freed by their finalizers.</remarks>
public abstract class SKObject : IDisposable
{
    private bool disposed;

    private protected SKObject() { }

    public void Dispose()
    {
        if (disposed)
            return;
        DisposeManaged();
        disposed = IsDisposable;
        GC.SuppressFinalize(this);
    }

    /// <summary>False for objects that the binding shares, such as the default typeface: disposing them does nothing.</summary>
    private protected virtual bool IsDisposable => true;

    private protected virtual void DisposeManaged() { }

    /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
    private protected void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(disposed, this);
}
