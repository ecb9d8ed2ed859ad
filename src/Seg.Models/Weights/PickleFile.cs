using static TorchSharp.torch;

namespace Seg.Models.Weights;

/// <summary>
/// Reads the checkpoints that torch.save writes (.pth, .pt), both the zip format and the one before it. Such files are programs for
/// Python's unpickler; this reader knows tensors, plain containers, numbers and text, and refuses all else, so that no file can make it run
/// anything.
/// </summary>
public static class PickleFile
{
    private static readonly string[] StateDictKeys = ["state_dict", "model_state_dict", "model", "net"];

    /// <summary>Put before the names by wrappers: DataParallel's, and that of HRNet's loss.</summary>
    private static readonly string[] WrapperPrefixes = ["module.", "model."];

    private const string LossPrefix = "loss.";

    /// <summary>
    /// The weights in a checkpoint: from the state dict where the file holds one beside epoch, optimizer and the like, without the names of
    /// wrappers (module., model.) and without the loss's entries.
    /// </summary>
    /// <returns>Row-major tensors on the CPU, the caller's to dispose.</returns>
    /// <exception cref="InputException">The file cannot be read, is cut off or faulty, holds what is refused, or holds no
    /// weights.</exception>
    public static IReadOnlyDictionary<string, Tensor> ReadStateDict(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
            using PickleArchive archive = ZipPickleArchive.IsZip(stream) ? new ZipPickleArchive(stream) : new LegacyPickleArchive(stream);
            return Materialize(archive, SelectWeights(archive.Root));
        }
        catch (InvalidDataException exception)
        {
            throw new InputException($"{path} cannot be read as a PyTorch checkpoint: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot read the checkpoint {path}: {exception.Message}", exception);
        }
    }

    private static OrderedDictionary<string, PickleTensor> SelectWeights(object? root)
    {
        var entries = root as PickleDictionary ?? throw new InvalidDataException("it holds no dictionary of weights");
        foreach (var key in StateDictKeys)
        {
            if (entries.GetValueOrDefault(key) is PickleDictionary inner && inner.Values.Any(value => value is PickleTensor))
            {
                entries = inner;
                break;
            }
        }

        var weights = new OrderedDictionary<string, PickleTensor>();
        foreach (var (key, value) in entries)
        {
            if (key is not string name || value is not PickleTensor tensor)
                continue;
            name = WithoutWrappers(name);
            if (name.StartsWith(LossPrefix, StringComparison.Ordinal))
                continue;
            if (!weights.TryAdd(name, tensor))
                throw new InvalidDataException($"'{name}' stands in it twice, once with the prefix of a wrapper");
        }
        return weights.Count > 0 ? weights : throw new InvalidDataException("it holds no weights");
    }

    private static string WithoutWrappers(string name)
    {
        while (WrapperPrefixes.FirstOrDefault(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix)
            name = name[prefix.Length..];
        return name;
    }

    private static OrderedDictionary<string, Tensor> Materialize(PickleArchive archive, OrderedDictionary<string, PickleTensor> weights)
    {
        var tensors = new OrderedDictionary<string, Tensor>();
        try
        {
            foreach (var name in weights.Keys)
                tensors.Add(name, null!);   // the order is that of the file, though storages are read one at a time
            foreach (var sharing in weights.GroupBy(entry => entry.Value.Storage.Key))
            {
                using var scope = NewDisposeScope();
                using var withoutGradient = no_grad();
                var storage = archive.ReadStorage(sharing.First().Value.Storage);
                foreach (var (name, tensor) in sharing)
                {
                    tensor.Check(name, storage.numel());
                    var view = storage.as_strided(tensor.Shape, tensor.Strides, tensor.Offset);
                    tensors[name] = empty(tensor.Shape, tensor.Storage.Type).copy_(view).DetachFromDisposeScope();
                }
            }
            return tensors;
        }
        catch
        {
            foreach (var tensor in tensors.Values)
                tensor?.Dispose();
            throw;
        }
    }
}
