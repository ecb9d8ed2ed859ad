using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.torch;

namespace Seg.Models.Weights;

/// <summary>
/// The pickle of a state dict, protocol 2, with the instructions and names that torch.save itself uses for one and that torch.load admits
/// with weights_only=True: an OrderedDict of name → torch._utils._rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, hooks).
/// </summary>
internal sealed class PickleWriter
{
    private readonly MemoryStream pickle = new();
    private readonly Dictionary<string, byte> memo = [];
    private readonly OrderedDictionary<(nint Address, ScalarType Type, int Index), Storage> storages = [];

    /// <summary>Copies of tensors that lie elsewhere or are not row-major belong to the caller's dispose scope.</summary>
    /// <exception cref="ArgumentException">A tensor is of a type that is not written.</exception>
    public PickleWriter(IReadOnlyDictionary<string, Tensor> tensors)
    {
        var entries = tensors.Select((entry, index) => (entry.Key, Numbers: entry.Value.detach().cpu().contiguous(), index)).ToArray();
        foreach (var (_, numbers, index) in entries)
            AddStorage(numbers, index);

        pickle.Write([0x80, 2]);                                // PROTO
        WriteEmptyDictionary();
        Write('(');                                             // MARK: the entries follow
        foreach (var (name, numbers, index) in entries)
        {
            WriteText(name);
            WriteTensor(numbers, storages[KeyOf(numbers, index)]);
        }
        pickle.Write("u."u8);                                   // SETITEMS, STOP
    }

    /// <summary>The pickle.</summary>
    public ReadOnlySpan<byte> Program => pickle.GetBuffer().AsSpan(0, (int)pickle.Length);

    /// <summary>The numbers to be put beside it, by key.</summary>
    public IEnumerable<(string Key, Tensor Numbers)> Storages => storages.Values.Select(storage => (storage.Key, storage.Numbers));

    /// <summary>Tensors whose numbers begin at the same place share a storage, which is as long as the longest of them.</summary>
    private void AddStorage(Tensor numbers, int index)
    {
        var key = KeyOf(numbers, index);
        if (!storages.TryGetValue(key, out var storage))
            storages.Add(key, new Storage($"{storages.Count}", numbers));
        else if (numbers.numel() > storage.Numbers.numel())
            storages[key] = storage with { Numbers = numbers };
    }

    private static unsafe (nint Address, ScalarType Type, int Index) KeyOf(Tensor numbers, int index) => numbers.numel() == 0
        ? (0, numbers.dtype, index)
        : ((nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(numbers.bytes)), numbers.dtype, -1);

    private void WriteTensor(Tensor numbers, Storage storage)
    {
        WriteGlobal("torch._utils", "_rebuild_tensor_v2");
        Write('(');
        Write('(');
        WriteOnce("storage");
        WriteGlobal("torch", TensorTypes.StorageOf(numbers.dtype));
        WriteText(storage.Key);
        WriteOnce("cpu");
        WriteInteger(storage.Numbers.numel());
        pickle.Write("tQ"u8);                                   // TUPLE, BINPERSID: the storage
        WriteInteger(0);
        WriteExtents(numbers.shape);
        WriteExtents(numbers.stride());
        pickle.WriteByte(0x89);                                 // NEWFALSE: requires no gradient
        WriteEmptyDictionary();                                 // no hooks
        pickle.Write("tR"u8);                                   // TUPLE, REDUCE
    }

    private void WriteEmptyDictionary()
    {
        WriteGlobal("collections", "OrderedDict");
        pickle.Write(")R"u8);                                   // EMPTY_TUPLE, REDUCE
    }

    private void WriteExtents(long[] extents)
    {
        Write('(');
        foreach (var extent in extents)
            WriteInteger(extent);
        Write('t');                                             // TUPLE
    }

    private void WriteInteger(long value)
    {
        Span<byte> bytes = stackalloc byte[9];
        if (value is >= 0 and <= byte.MaxValue)
        {
            pickle.Write([(byte)'K', (byte)value]);             // BININT1
        }
        else if (value is >= 0 and <= int.MaxValue)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, (int)value);
            Write('J');                                         // BININT
            pickle.Write(bytes[..4]);
        }
        else
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
            pickle.Write([0x8a, 8]);                            // LONG1
            pickle.Write(bytes[..8]);
        }
    }

    private void WriteText(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        Write('X');                                             // BINUNICODE
        pickle.Write(length);
        pickle.Write(bytes);
    }

    private void WriteOnce(string text) => Memoize(text, () => WriteText(text));

    private void WriteGlobal(string module, string name) =>
        Memoize($"{module} {name}", () => pickle.Write(Encoding.ASCII.GetBytes($"c{module}\n{name}\n")));

    /// <summary>Writes a value the first time, and recalls it from then on.</summary>
    private void Memoize(string key, Action write)
    {
        if (memo.TryGetValue(key, out var index))
        {
            pickle.Write([(byte)'h', index]);                   // BINGET
            return;
        }
        write();
        index = (byte)memo.Count;
        memo.Add(key, index);
        pickle.Write([(byte)'q', index]);                       // BINPUT
    }

    private void Write(char instruction) => pickle.WriteByte((byte)instruction);

    private sealed record Storage(string Key, Tensor Numbers);
}
