namespace Seg.Models.Weights;

/// <summary>Writes files so that a crash or a full disk leaves the old file, whole, under its name.</summary>
public static class AtomicFile
{
    /// <summary>Writes beside the file, flushes to the disk, then renames.</summary>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written; the file is as it was before.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = $"{path}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What went wrong before is what the caller must hear of.
        }
    }
}
