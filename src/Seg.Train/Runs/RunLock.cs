using Seg.Models;

namespace Seg.Train.Runs;

/// <summary>Keeps a second process from training in the same run directory. The system lifts it when the process ends, however it ends.</summary>
public sealed class RunLock : IDisposable
{
    private readonly FileStream file;

    /// <exception cref="InputException">Another process holds the directory.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public RunLock(string folder)
    {
        var path = Path.Combine(folder, "run.lock");
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (File.Exists(path))
        {
            throw new InputException($"Another process trains in '{folder}'. Wait for it, stop it, or choose another folder with --run.", error);
        }
    }

    public void Dispose() => file.Dispose();
}
