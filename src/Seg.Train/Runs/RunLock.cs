using Seg.Models;

namespace Seg.Train.Runs;

/// <summary>Keeps a second process from training in the same run directory. The system lifts it when the process ends, however it ends.</summary>
public sealed class RunLock : IDisposable
{
    // What the system says of a file that another process has locked: EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream file;

    /// <exception cref="InputException">Another process holds the directory.</exception>
    /// <exception cref="IOException">The lock cannot be taken for another reason, such as a folder that cannot be written.</exception>
    public RunLock(string folder)
    {
        var path = Path.Combine(folder, "run.lock");
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (Held.Contains(error.HResult))
        {
            throw new InputException($"Another process trains in '{folder}'. Wait for it, stop it, or choose another folder with --run.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"Cannot lock '{folder}' for the run: {error.Message.TrimEnd('.')}. Correct that, or choose another folder with --run.", error);
        }
    }

    public void Dispose() => file.Dispose();
}
