using System.Text.Encodings.Web;
using System.Text.Json;
using Seg.Models;

namespace Seg.Predict;

/// <summary>
/// JSON that grows with each image and is there in full or not at all: under another name until <see cref="Commit"/>, gone if that is never
/// called. So it takes no memory, however many images there are.
/// </summary>
internal sealed class JsonListFile : IDisposable
{
    private const int FlushBytes = 1 << 16;

    private readonly string path, temporary;
    private readonly FileStream stream;
    private readonly Utf8JsonWriter json;

    /// <summary>Begins the file.</summary>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public JsonListFile(string path)
    {
        (this.path, temporary) = (path, path + ".tmp");
        try
        {
            stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, FlushBytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Fault(path, error);
        }
        json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>Writes the next part.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Add(Action<Utf8JsonWriter> content) => Guard(() =>
    {
        content(json);
        if (json.BytesPending > FlushBytes)
            json.Flush();
    });

    /// <summary>Ends the file and gives it its name.</summary>
    /// <exception cref="IOException">The file cannot be completed.</exception>
    public void Commit()
    {
        Guard(() =>
        {
            json.Flush();
            stream.Dispose();
        });
        AtomicFile.Commit(temporary, path);
    }

    public void Dispose()
    {
        try
        {
            stream.Dispose();
        }
        catch (IOException)
        {
            // What is left in the buffer does not fit on the disk; the file goes away now.
        }
        File.Delete(temporary);                                 // after a commit there is none
    }

    private void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Fault(path, error);
        }
    }
}
