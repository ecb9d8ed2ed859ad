using System.Text;
using static TorchSharp.torch;

namespace Seg.Models.Weights;

/// <summary>The zip format of torch.save (PyTorch 1.6 and later): NAME/data.pkl, and NAME/data/KEY for each storage.</summary>
internal sealed class ZipPickleArchive : PickleArchive
{
    private const string Program = "data.pkl";

    private readonly Stream stream;
    private readonly ZipDirectory zip;
    private readonly string folder;

    public ZipPickleArchive(Stream stream)
    {
        this.stream = stream;
        zip = new ZipDirectory(stream);
        // In the file's order: a TorchScript program has a data.pkl too.
        if (zip.Names.Any(name => name.EndsWith("/constants.pkl", StringComparison.Ordinal) || name.Contains("/code/", StringComparison.Ordinal)))
        {
            throw new InvalidDataException(
                "it is a TorchScript program, not weights alone; load it in Python with torch.jit.load and write torch.save(model.state_dict(), path)");
        }
        var name = zip.Names.FirstOrDefault(name => name == Program || (name.EndsWith($"/{Program}", StringComparison.Ordinal) && name.Count(letter => letter == '/') == 1))
            ?? throw new InvalidDataException("it is a zip without the data.pkl of a checkpoint");
        folder = name[..^Program.Length];
        if (zip.Find($"{folder}byteorder") is { } order && Encoding.Latin1.GetString(zip.ReadAll(order, limit: 64)).Trim() == "big")
            throw new InvalidDataException("its numbers are big-endian; save it again on another machine");
        using var pickle = new MemoryStream(zip.ReadAll(zip.Find(name)!, PickleReader.MaximumLength), writable: false);
        Root = new Unpickler(pickle, FindStorage).Load();
    }

    public override object? Root { get; }

    public override long Length => stream.Length;

    public static bool IsZip(Stream stream)
    {
        Span<byte> start = stackalloc byte[4];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return start[..length].SequenceEqual("PK\x03\x04"u8);
    }

    public override Tensor ReadStorage(PickleStorage storage)
    {
        var entry = zip.Find($"{folder}data/{storage.Key}") ?? throw new InvalidDataException($"storage {storage.Key} is missing");
        stream.Position = entry.Start;
        return ReadNumbers(stream, storage, entry.Length);
    }

    private PickleStorage FindStorage(object? identifier) => Note(ToStorage(identifier));
}
