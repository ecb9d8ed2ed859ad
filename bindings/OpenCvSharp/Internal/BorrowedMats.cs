namespace OpenCvSharp.Internal;

/// <summary>The native pointers of several matrices, none of which is freed before this is disposed.</summary>
internal sealed class BorrowedMats : IDisposable
{
    private readonly MatHandle[] handles;
    private int held;

    public BorrowedMats(Mat[] mats)
    {
        ArgumentNullException.ThrowIfNull(mats);
        handles = Array.ConvertAll(mats, mat => mat?.Handle ?? throw new ArgumentNullException(nameof(mats), "One of the matrices is null."));
        Pointers = new nint[handles.Length];
        try
        {
            for (; held < handles.Length; held++)
            {
                var added = false;
                handles[held].DangerousAddRef(ref added);
                Pointers[held] = handles[held].DangerousGetHandle();
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public nint[] Pointers { get; }

    public void Dispose()
    {
        while (held > 0)
            handles[--held].DangerousRelease();
    }
}
