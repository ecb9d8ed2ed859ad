using static TorchSharp.torch;

namespace Seg.Models.Weights;

/// <summary>
/// Reads and writes the checkpoints of torch.save (.pth, .pt): both the zip format and the one before it. Such files are programs for
/// Python's unpickler; this reader knows tensors, plain containers, numbers and text, and refuses all else, so that no file can make it run
/// anything. It takes no memory for numbers that the file does not hold.
/// </summary>
public static class PickleFile
{
    /// <summary>What the extension of such a file may be.</summary>
    public static readonly IReadOnlyList<string> Extensions = [".pth", ".pt"];

    /// <summary>Under what training scripts keep the weights, beside epoch, optimizer and the like.</summary>
    private static readonly string[] StateDictKeys =
        ["state_dict", "model_state_dict", "model_state", "model", "net", "network", "weights", "params"];

    /// <summary>Views that are no plain layout are copied; together they may take so much, or as much as the file.</summary>
    private const long CopiesAlwaysAllowed = 64 << 20;

    /// <summary>
    /// The weights in a checkpoint: from the state dict where the file holds one beside epoch, optimizer and the like, without the names of
    /// wrappers (module., model.) and without the loss's entries (see <see cref="WeightNames"/>).
    /// </summary>
    /// <returns>
    /// Row-major tensors on the CPU, the caller's to dispose. Those that share numbers in the file share them here: copy before changing one.
    /// </returns>
    /// <exception cref="InputException">The file cannot be read, is cut off or faulty, holds what is refused, or holds no
    /// weights.</exception>
    public static IReadOnlyDictionary<string, Tensor> ReadStateDict(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
            if (FileSignature.Describe(stream) is { } other)
                throw new InvalidDataException(other);
            PickleArchive archive = ZipPickleArchive.IsZip(stream) ? new ZipPickleArchive(stream) : new LegacyPickleArchive(stream);
            return Materialize(archive, SelectWeights(archive.Root));
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw new InputException($"{path} cannot be read as a PyTorch checkpoint: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw UnreadableFile.Fault(path, "a PyTorch checkpoint", exception);
        }
    }

    /// <summary>
    /// Writes a state dict, atomically, in the zip format: torch.load opens it, with weights_only=True too. Tensors that share all their
    /// numbers share them in the file.
    /// </summary>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written; an old file is still there.</exception>
    /// <exception cref="ArgumentException">A tensor is of a type that is not written, or all are more than 4 GiB.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors)
    {
        using var scope = NewDisposeScope();
        var checkpoint = new PickleWriter(tensors);
        AtomicFile.Write(path, stream =>
        {
            var zip = new ZipWriter(stream);
            zip.Add("archive/data.pkl", checkpoint.Program);
            zip.Add("archive/byteorder", "little"u8);
            foreach (var (key, numbers) in checkpoint.Storages)
                zip.Add($"archive/data/{key}", numbers.bytes);
            zip.Add("archive/version", "3\n"u8);
            zip.Finish();
        }, isLasting: true);
    }

    public static bool IsPickleFile(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static OrderedDictionary<string, PickleTensor> SelectWeights(object? root)
    {
        const int deepest = 3;
        var entries = root as PickleDictionary ?? throw new InvalidDataException("it holds no dictionary of weights");
        for (var depth = 0; depth < deepest; depth++)
        {
            var inner = StateDictKeys.Select(key => entries.GetValueOrDefault(key)).OfType<PickleDictionary>().FirstOrDefault(HoldsWeights);
            if (inner is null)
                break;
            entries = inner;
        }

        var weights = WeightNames.Plain(entries.Where(entry => entry.Value is PickleTensor).Select(entry => KeyValuePair.Create(entry.Key, (PickleTensor)entry.Value!)));
        if (weights.Count > 0)
            return weights;
        var found = entries.Count == 0 ? "nothing" : string.Join(", ", entries.Keys.Take(5)) + (entries.Count > 5 ? ", …" : "");
        throw new InvalidDataException(
            $"it holds no weights, but {found}; they are looked for at the top and under {string.Join(", ", StateDictKeys)}");
    }

    /// <summary>Whether there are tensors, or a state dict one step further.</summary>
    private static bool HoldsWeights(PickleDictionary entries) =>
        entries.Values.Any(value => value is PickleTensor)
        || StateDictKeys.Any(key => entries.GetValueOrDefault(key) is PickleDictionary inner && inner.Values.Any(value => value is PickleTensor));

    private static OrderedDictionary<string, Tensor> Materialize(PickleArchive archive, OrderedDictionary<string, PickleTensor> weights)
    {
        var tensors = new OrderedDictionary<string, Tensor>();
        try
        {
            foreach (var name in weights.Keys)
                tensors.Add(name, null!);   // the order is that of the file, though storages are read one at a time
            var copied = 0L;
            foreach (var sharing in weights.GroupBy(entry => entry.Value.Storage.Key))
            {
                using var scope = NewDisposeScope();
                using var withoutGradient = no_grad();
                var storage = archive.ReadStorage(sharing.First().Value.Storage);
                foreach (var (name, tensor) in sharing)
                {
                    tensor.Check(name);
                    var view = tensor.IsEmpty ? empty(tensor.Shape, tensor.Storage.Type) : storage.as_strided(tensor.Shape, tensor.Strides, tensor.Offset);
                    if (!view.is_contiguous())
                    {
                        copied += tensor.ByteCount;
                        if (copied > Math.Max(CopiesAlwaysAllowed, archive.Length))
                            throw new InvalidDataException($"'{name}' repeats its {storage.numel()} numbers to more than the file holds; save it again after .contiguous()");
                        view = view.contiguous();
                    }
                    tensors[name] = view.DetachFromDisposeScope();
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
