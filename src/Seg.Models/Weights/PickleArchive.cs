using static TorchSharp.torch;

namespace Seg.Models.Weights;

/// <summary>A checkpoint as torch.save lays it out: a pickle that describes everything, and the numbers beside it.</summary>
internal abstract class PickleArchive
{
    private readonly Dictionary<string, PickleStorage> storages = [];

    /// <summary>The object that was saved.</summary>
    public abstract object? Root { get; }

    /// <summary>Bytes of the whole file.</summary>
    public abstract long Length { get; }

    /// <summary>Reads all numbers of a storage as a one-dimensional tensor.</summary>
    /// <exception cref="InvalidDataException">They are not there, or not all.</exception>
    public abstract Tensor ReadStorage(PickleStorage storage);

    /// <summary>Reads a storage's numbers; memory is taken only once the file is known to hold them.</summary>
    protected static Tensor ReadNumbers(Stream stream, PickleStorage storage, long available)
    {
        var length = storage.ByteCount;
        if (length < 0 || length > available)
            throw new InvalidDataException($"storage {storage.Key} should hold {storage.Count} numbers, but has {available} bytes");
        var tensor = empty([storage.Count], storage.Type);
        if (length > 0)
            stream.ReadExactly(tensor.bytes);
        return tensor;
    }

    /// <summary>What stands for a storage in the pickle: ("storage", type, key, location, count, …).</summary>
    protected static PickleStorage ToStorage(object? identifier)
    {
        if (identifier is not (object?[] and ["storage", PickleGlobal type, string key, _, long count, ..]))
            throw new InvalidDataException("it refers to something outside of itself that is no storage");
        return type.Kind switch
        {
            PickleGlobalKind.Storage => new(key, type.Type, count),
            PickleGlobalKind.ForeignStorage => throw new InvalidDataException(
                $"it holds numbers of {type.Name}, which networks here do not have; convert them (.float()) and save it again"),
            _ => throw new InvalidDataException("it refers to something outside of itself that is no storage"),
        };
    }

    /// <summary>Keeps what a storage is, so that all that is said of it later must agree.</summary>
    protected PickleStorage Note(PickleStorage storage)
    {
        if (!storages.TryAdd(storage.Key, storage) && storages[storage.Key] != storage)
            throw new InvalidDataException($"storage {storage.Key} is described twice, each time differently");
        return storage;
    }

    protected PickleStorage? Noted(string key) => storages.GetValueOrDefault(key);
}
