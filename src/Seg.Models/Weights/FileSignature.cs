namespace Seg.Models.Weights;

/// <summary>Tells files that are given for a PyTorch checkpoint, but are something else, by how they begin.</summary>
internal static class FileSignature
{
    private const int PickleProtocol = 0x80;
    private const int TarMagicAt = 257;

    /// <returns>What the file is and what to do; null where it may be a checkpoint. The stream is at its start again.</returns>
    public static string? Describe(Stream stream)
    {
        Span<byte> bytes = stackalloc byte[512];
        var start = bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        if (start.Length > TarMagicAt && start[TarMagicAt..].StartsWith("ustar"u8))
            return "it is a tar archive, PyTorch's format before 0.1.10; load it once with Python's torch.load and save it again with torch.save";
        if (start.StartsWith("PK\x03\x04"u8) || (start.Length > 1 && start[0] == PickleProtocol))
            return null;
        if (start.IsEmpty)
            return "it is empty";
        if (start.StartsWith("version https://git-lfs"u8))
            return "it is a pointer of Git LFS, not the file itself; fetch that with git lfs pull";
        if (start.TrimStart(" \r\n\t"u8).StartsWith("<"u8))
            return "it is a web page, so the download went wrong; fetch the file itself";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
            return "it is compressed with gzip; unpack it first";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F']))
            return "it is an HDF5 file (Keras), which is not read here";
        if (start.Length > 8 && start[8] == '{')
            return "it looks like a .safetensors file; give it that extension";
        return "it is neither a zip nor does it start as a checkpoint does";
    }
}
