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
    private readonly Dictionary<string, long> starts = [];

    public LegacyPickleArchive(Stream stream)
    {
        this.stream = stream;
        if (LoadNext() is not BigInteger magic || magic != MagicNumber)
            throw new InvalidDataException("it is a pickle, but none that torch.save wrote; write it with torch.save(model.state_dict(), path)");
        if (LoadNext() is not FormatVersion)
            throw new InvalidDataException("it is of an unknown version of the format");
        if (LoadNext() is PickleDictionary machine && machine.GetValueOrDefault("little_endian") is false)
            throw new InvalidDataException("its numbers are big-endian; save it again on another machine");
        Root = LoadNext();
        LocateStorages(LoadNext() as List<object?> ?? throw new InvalidDataException("the list of its storages is missing"));
    }

    public override object? Root { get; }

    public override long Length => stream.Length;

    public override Tensor ReadStorage(PickleStorage storage)
    {
        if (!starts.TryGetValue(storage.Key, out var start))
            throw new InvalidDataException($"storage {storage.Key} is missing");
        stream.Position = start;
        return ReadNumbers(stream, storage, stream.Length - start);
    }

    private object? LoadNext() => new Unpickler(stream, FindStorage).Load();

    /// <summary>A storage; before PyTorch 0.4 perhaps a part of one: (…, key, location, count, (key of the part, start, count of the part)).</summary>
    private PickleStorage FindStorage(object? identifier)
    {
        var whole = Note(ToStorage(identifier));
        if (identifier is not object?[] { Length: > 5 } parts || parts[5] is null)
            return whole;
        return parts[5] is object?[] and [_, long start, long count] && start >= 0 && count >= 0 && start <= whole.Count - count
            ? whole with { PartStart = start }
            : throw new InvalidDataException($"a part of storage {whole.Key} is not described as one");
    }

    private void LocateStorages(List<object?> keys)
    {
        Span<byte> countBytes = stackalloc byte[8];
        foreach (var key in keys)
        {
            if (key is not string name || Noted(name) is not { } storage || starts.ContainsKey(name))
                throw new InvalidDataException("the list of its storages names one that nothing uses, or one twice");
            stream.ReadExactly(countBytes);
            starts.Add(name, stream.Position);
            var count = BinaryPrimitives.ReadInt64LittleEndian(countBytes);
            if (count != storage.Count || storage.ByteCount is var length && (length < 0 || length > stream.Length - stream.Position))
                throw new InvalidDataException($"storage {name} should hold {storage.Count} numbers; there are {count}, or the file is cut off");
            stream.Position += length;
        }
    }
}
