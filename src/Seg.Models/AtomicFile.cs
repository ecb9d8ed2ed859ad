namespace Seg.Models;

/// <summary>Files that are there in full or not at all: written beside their place as <c>name.tmp</c>, flushed to the disk, then renamed.</summary>
public static class AtomicFile
{
    /// <summary>Writes <paramref name="content"/> to <paramref name="path"/>, replacing a file that is there.</summary>
    /// <exception cref="IOException">
    /// The file cannot be written (full disk, folder missing or not writable); an older file at <paramref name="path"/> is as it was.
    /// </exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Discard(temporary, path, error);
        }
    }

    /// <summary>
    /// As <see cref="Write(string, ReadOnlySpan{byte})"/>, with the content written by <paramref name="write"/>; whatever that throws, no half file stays.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written; an older file at <paramref name="path"/> is as it was.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = path + ".tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Discard(temporary, path, error);
        }
        catch
        {
            Delete(temporary);
            throw;
        }
    }

    private static IOException Discard(string temporary, string path, Exception error)
    {
        Delete(temporary);
        return new IOException($"Cannot write '{path}': {error.Message.TrimEnd('.')}. Free space there or choose another folder.", error);
    }

    private static void Delete(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The failure that led here is the one to report; a folder that cannot be written cannot be tidied either.
        }
    }
}
