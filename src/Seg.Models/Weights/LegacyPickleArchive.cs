using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using static TorchSharp.torch;

namespace Seg.Models.Weights;

/// <summary>
/// The format of torch.save before PyTorch 1.6: five pickles (a magic number, the format's version, facts about the machine, the object,
/// the keys of the storages), then each storage's count and numbers.
/// </summary>
internal sealed class LegacyPickleArchive : PickleArchive
{
    private const long FormatVersion = 1001;
    private static readonly BigInteger MagicNumber =
        BigInteger.Parse("1950a86a20f9469cfc6c", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private readonly Stream stream;
    private readonly Dictionary<string, (PickleStorage Storage, long Start)> storages = [];

    public LegacyPickleArchive(Stream stream)
    {
        this.stream = stream;
        if (LoadNext() is not BigInteger magic || magic != MagicNumber)
            throw new InvalidDataException("it is neither a zip nor does it start as a checkpoint does");
        if (LoadNext() is not FormatVersion)
            throw new InvalidDataException("it is of an unknown version of the format");
        if (LoadNext() is PickleDictionary machine && machine.GetValueOrDefault("little_endian") is false)
            throw new InvalidDataException("its numbers are big-endian; save it again on another machine");
        Root = LoadNext();
        LocateStorages(LoadNext() as List<object?> ?? throw new InvalidDataException("the list of its storages is missing"));
    }

    public override object? Root { get; }

    public override Tensor ReadStorage(PickleStorage storage)
    {
        if (!storages.TryGetValue(storage.Key, out var place) || place.Start < 0)
            throw new InvalidDataException($"storage {storage.Key} is missing");
        stream.Position = place.Start;
        return ReadNumbers(stream, place.Storage, stream.Length - place.Start);
    }

    private object? LoadNext() => new Unpickler(stream, Note).Load();

    private PickleStorage Note(object? identifier)
    {
        if (identifier is object?[] { Length: > 5 } parts && parts[5] is not null)
            throw new InvalidDataException("a storage in it is a view of another, which only PyTorch before 0.4 wrote");
        var storage = ToStorage(identifier);
        storages.TryAdd(storage.Key, (storage, -1));
        return storage;
    }

    private void LocateStorages(List<object?> keys)
    {
        Span<byte> countBytes = stackalloc byte[8];
        foreach (var key in keys)
        {
            if (key is not string name || !storages.TryGetValue(name, out var place))
                throw new InvalidDataException("the list of its storages names one that nothing uses");
            stream.ReadExactly(countBytes);
            var storage = place.Storage with { Count = BinaryPrimitives.ReadInt64LittleEndian(countBytes) };
            storages[name] = (storage, stream.Position);
            var length = TensorTypes.ByteCount([storage.Count], TensorTypes.SizeOf(storage.Type));
            if (length < 0 || length > stream.Length - stream.Position)
                throw new InvalidDataException($"storage {name} should hold {storage.Count} numbers, more than there are");
            stream.Position += length;
        }
    }
}
