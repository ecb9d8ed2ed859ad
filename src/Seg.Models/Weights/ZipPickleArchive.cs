using System.IO.Compression;
using static TorchSharp.torch;

namespace Seg.Models.Weights;

/// <summary>The zip format of torch.save (PyTorch 1.6 and later): NAME/data.pkl, and NAME/data/KEY for each storage.</summary>
internal sealed class ZipPickleArchive : PickleArchive
{
    private readonly ZipArchive zip;
    private readonly string folder;

    public ZipPickleArchive(Stream stream)
    {
        zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        var program = zip.Entries.FirstOrDefault(entry => entry.Name == "data.pkl" && entry.FullName.Count(letter => letter == '/') <= 1)
            ?? throw new InvalidDataException("the zip holds no data.pkl");
        folder = program.FullName[..^program.Name.Length];
        if (zip.GetEntry($"{folder}byteorder") is { } order && ReadText(order) == "big")
            throw new InvalidDataException("its numbers are big-endian; save it again on another machine");
        using var pickle = program.Open();
        Root = new Unpickler(pickle, ToStorage).Load();
    }

    public override object? Root { get; }

    public static bool IsZip(Stream stream)
    {
        Span<byte> start = stackalloc byte[4];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var isZip = start[..length].SequenceEqual("PK\x03\x04"u8);
        stream.Position = 0;
        return isZip;
    }

    public override Tensor ReadStorage(PickleStorage storage)
    {
        var entry = zip.GetEntry($"{folder}data/{storage.Key}") ?? throw new InvalidDataException($"storage {storage.Key} is missing");
        using var numbers = entry.Open();
        return ReadNumbers(numbers, storage, entry.Length);
    }

    public override void Dispose() => zip.Dispose();

    private static string ReadText(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd().Trim();
    }
}
