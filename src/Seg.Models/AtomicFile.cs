using System.Text;

namespace Seg.Models;

/// <summary>Files that are there in full or not at all: written beside their place as <c>name.tmp</c>, flushed to the disk, then renamed.</summary>
/// <remarks>
/// After a power failure a file is the old one or the new one. A lasting one is the new one: its folder is flushed as well, which costs a second wait for
/// the disk and is for what cannot be made again, such as a checkpoint. Of a symbolic link the file behind it is replaced, and the link stays. Devices and
/// pipes (<c>/dev/stdout</c>) are written straight into, as there is nothing to rename.
/// </remarks>
public static class AtomicFile
{
    /// <summary>Writes <paramref name="content"/> to <paramref name="path"/>, replacing a file that is there.</summary>
    /// <param name="isLasting">Whether the file's name is on the disk, too, when this returns.</param>
    /// <exception cref="IOException">
    /// The file cannot be written (full disk, folder missing or not writable); an older file at <paramref name="path"/> is as it was.
    /// </exception>
    public static void Write(string path, ReadOnlySpan<byte> content, bool isLasting = false) =>
        Write(path, content, static (stream, content) => stream.Write(content), bufferSize: 0, isLasting);

    /// <summary>
    /// As <see cref="Write(string, ReadOnlySpan{byte}, bool)"/>, with the content written by <paramref name="write"/>; whatever that throws, no half file stays.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written; an older file at <paramref name="path"/> is as it was.</exception>
    public static void Write(string path, Action<Stream> write, bool isLasting = false) =>
        Write(path, write, static (stream, write) => write(stream), bufferSize: 1 << 16, isLasting);

    /// <summary>As <see cref="Write(string, ReadOnlySpan{byte}, bool)"/>, of a text in UTF-8.</summary>
    /// <exception cref="IOException">The file cannot be written; an older file at <paramref name="path"/> is as it was.</exception>
    public static void WriteText(string path, string text, bool isLasting = false) => Write(path, Encoding.UTF8.GetBytes(text), isLasting);

    /// <summary>Flushes a file that was written and closed to the disk, and gives it its name.</summary>
    /// <param name="temporary">In the folder of <paramref name="path"/>.</param>
    /// <param name="isLasting">As above.</param>
    /// <exception cref="IOException">It cannot be flushed or renamed; an older file at <paramref name="path"/> is as it was.</exception>
    public static void Commit(string temporary, string path, bool isLasting = false)
    {
        try
        {
            using (FileStream file = new(temporary, FileMode.Open, FileAccess.ReadWrite))
                file.Flush(flushToDisk: true);
            Rename(temporary, Target(path), isLasting);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Fault(path, error);
        }
    }

    /// <summary>What to throw where <paramref name="error"/> keeps a file from being written.</summary>
    public static IOException Fault(string path, Exception error) =>
        new($"Cannot write '{path}': {error.Message.TrimEnd('.')}. Free space there or choose another folder.", error);

    private static void Write<T>(string path, T content, Action<Stream, T> write, int bufferSize, bool isLasting)
        where T : allows ref struct
    {
        try
        {
            if (SpecialFile.Is(path))
                WriteInto(path, content, write, bufferSize);
            else
                Replace(Target(path), content, write, bufferSize, isLasting);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Fault(path, error);
        }
    }

    private static void WriteInto<T>(string path, T content, Action<Stream, T> write, int bufferSize)
        where T : allows ref struct
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize);
        write(stream, content);
    }

    private static void Replace<T>(string path, T content, Action<Stream, T> write, int bufferSize, bool isLasting)
        where T : allows ref struct
    {
        var temporary = path + ".tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize))
            {
                write(stream, content);
                stream.Flush(flushToDisk: true);
            }
            Rename(temporary, path, isLasting);
        }
        catch
        {
            Delete(temporary);
            throw;
        }
    }

    /// <summary>The file that a symbolic link leads to, which need not be there yet; of what is no link, the path itself.</summary>
    private static string Target(string path)
    {
        FileInfo file = new(path);
        return file.LinkTarget is null ? path : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    private static void Rename(string temporary, string path, bool isLasting)
    {
        File.Move(temporary, path, overwrite: true);
        if (isLasting)
            FolderFlush.Of(path);
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
