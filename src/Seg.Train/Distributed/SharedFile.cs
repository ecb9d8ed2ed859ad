using static TorchSharp.torch;

namespace Seg.Train.Distributed;

/// <summary>A file of rank 0's, copied to a temporary one on all other ranks, which share no folder with it.</summary>
internal sealed class SharedFile : IDisposable
{
    private const int PartBytes = 64 << 20;

    private readonly bool isCopy;

    /// <param name="path">On rank 0; null on all others.</param>
    /// <exception cref="IOException">It cannot be read, or written.</exception>
    public SharedFile(IRanks ranks, string? path)
    {
        isCopy = path is null;
        Path = path ?? System.IO.Path.GetTempFileName();
        var length = ranks.FromFirst(() => new FileInfo(Path).Length);
        using var file = isCopy ? File.OpenWrite(Path) : File.OpenRead(Path);
        for (var left = length; left > 0; left -= PartBytes)
        {
            using var part = empty(Math.Min(left, PartBytes), dtype: ScalarType.Byte);
            if (!isCopy)
                file.ReadExactly(part.bytes);
            ranks.Broadcast([part]);
            if (isCopy)
                file.Write(part.bytes);
        }
    }

    public string Path { get; }

    public void Dispose()
    {
        if (isCopy)
            File.Delete(Path);
    }
}
