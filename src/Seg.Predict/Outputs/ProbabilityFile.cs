using System.Runtime.InteropServices;
using Seg.Models;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Predict.Outputs;

/// <summary>
/// An .npy file of the probabilities of all classes, (classes, height, width), which is written rows by rows and is there in full or not
/// at all: under another name until <see cref="Commit"/>, gone if that is never called.
/// </summary>
internal sealed class ProbabilityFile : IDisposable
{
    private readonly string path, temporary;
    private readonly int classes, height, width, bytes;
    private readonly long start;
    private readonly FileStream stream;
    private byte[] part = [];

    /// <param name="half">Whether numbers are float16 instead of float32.</param>
    /// <exception cref="IOException">The file cannot be made, or the disk has no room for it.</exception>
    public ProbabilityFile(string path, int classes, int height, int width, bool half)
    {
        (this.path, temporary) = (path, path + ".tmp");
        (this.classes, this.height, this.width, bytes) = (classes, height, width, half ? 2 : 4);
        var header = NpyFile.Header(half ? ScalarType.Float16 : ScalarType.Float32, [classes, height, width]);
        start = header.Length;
        try
        {
            stream = Guard(() => new FileStream(temporary, new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                BufferSize = 0,
                PreallocationSize = start + (long)classes * height * width * bytes,
            }));
            Write(header);
        }
        catch (IOException)
        {
            stream?.Dispose();
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes the next rows.</summary>
    /// <param name="probabilities">By row, then column, then class, as <see cref="ProbabilityRows"/> has them.</param>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Add(int firstRow, int rows, ReadOnlySpan<float> probabilities)
    {
        var pixels = rows * width;
        Array.Resize(ref part, pixels * bytes);
        for (var id = 0; id < classes; id++)
        {
            Gather(probabilities, id);
            stream.Position = start + ((long)id * height + firstRow) * width * bytes;
            Write(part);
        }
    }

    /// <summary>Gives the file its name.</summary>
    /// <exception cref="IOException">The file cannot be completed.</exception>
    public void Commit()
    {
        stream.Dispose();                                       // nothing waits in it: its buffer is empty always
        AtomicFile.Commit(temporary, path);
    }

    public void Dispose()
    {
        stream.Dispose();
        File.Delete(temporary);                                 // after a commit there is none
    }

    /// <summary>The numbers of one class.</summary>
    private void Gather(ReadOnlySpan<float> probabilities, int id)
    {
        if (bytes == sizeof(float))
        {
            var values = MemoryMarshal.Cast<byte, float>(part.AsSpan());
            for (var pixel = 0; pixel < values.Length; pixel++)
                values[pixel] = probabilities[pixel * classes + id];
            return;
        }
        var halves = MemoryMarshal.Cast<byte, Half>(part.AsSpan());
        for (var pixel = 0; pixel < halves.Length; pixel++)
            halves[pixel] = (Half)probabilities[pixel * classes + id];
    }

    private void Write(byte[] content) => Guard(() =>
    {
        stream.Write(content);
        return true;
    });

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Fault(path, error);
        }
    }
}
