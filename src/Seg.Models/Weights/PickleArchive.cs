using static TorchSharp.torch;

namespace Seg.Models.Weights;

/// <summary>A checkpoint as torch.save lays it out: a pickle that describes everything, and the numbers beside it.</summary>
internal abstract class PickleArchive : IDisposable
{
    /// <summary>The object that was saved.</summary>
    public abstract object? Root { get; }

    /// <summary>Reads all numbers of a storage as a one-dimensional tensor.</summary>
    /// <exception cref="InvalidDataException">They are not there, or not all.</exception>
    public abstract Tensor ReadStorage(PickleStorage storage);

    public virtual void Dispose() { }

    protected static Tensor ReadNumbers(Stream stream, PickleStorage storage, long available)
    {
        var length = TensorTypes.ByteCount([storage.Count], TensorTypes.SizeOf(storage.Type));
        if (length < 0 || length > available)
            throw new InvalidDataException($"storage {storage.Key} should hold {storage.Count} numbers, but has {available} bytes");
        var tensor = empty([storage.Count], storage.Type);
        if (length > 0)
            stream.ReadExactly(tensor.bytes);
        return tensor;
    }

    /// <summary>What stands for a storage in the pickle: ("storage", type, key, location, count, …).</summary>
    protected static PickleStorage ToStorage(object? identifier) =>
        identifier is object?[] and ["storage", PickleGlobal { Kind: PickleGlobalKind.Storage } type, string key, _, long count, ..]
            ? new(key, type.Type, count)
            : throw new InvalidDataException("it refers to something outside of itself that is no storage");
}
