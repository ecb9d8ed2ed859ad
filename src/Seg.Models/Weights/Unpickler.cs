using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using static TorchSharp.torch;

namespace Seg.Models.Weights;

/// <summary>
/// Runs one pickle (Python's Lib/pickletools.py describes the instructions) on a stack of plain values. Classes and functions are known by
/// name from a table and stand for values of our own; a name that is not in it is an error, as is every instruction that Python needs for
/// objects.
/// </summary>
/// <param name="stream">Read up to the end of the pickle, no further.</param>
/// <param name="findStorage">What a reference out of the pickle means.</param>
internal sealed class Unpickler(Stream stream, Func<object?, PickleStorage> findStorage)
{
    private static readonly Dictionary<string, PickleGlobal> Globals = new PickleGlobal[]
    {
        new("collections.OrderedDict", PickleGlobalKind.OrderedDictionary),
        new("torch._utils._rebuild_tensor", PickleGlobalKind.RebuildTensor),
        new("torch._utils._rebuild_tensor_v2", PickleGlobalKind.RebuildTensor),
        new("torch._utils._rebuild_parameter", PickleGlobalKind.RebuildParameter),
        new("torch.DoubleStorage", PickleGlobalKind.Storage, ScalarType.Float64),
        new("torch.FloatStorage", PickleGlobalKind.Storage, ScalarType.Float32),
        new("torch.HalfStorage", PickleGlobalKind.Storage, ScalarType.Float16),
        new("torch.BFloat16Storage", PickleGlobalKind.Storage, ScalarType.BFloat16),
        new("torch.LongStorage", PickleGlobalKind.Storage, ScalarType.Int64),
        new("torch.IntStorage", PickleGlobalKind.Storage, ScalarType.Int32),
        new("torch.ShortStorage", PickleGlobalKind.Storage, ScalarType.Int16),
        new("torch.CharStorage", PickleGlobalKind.Storage, ScalarType.Int8),
        new("torch.ByteStorage", PickleGlobalKind.Storage, ScalarType.Byte),
        new("torch.BoolStorage", PickleGlobalKind.Storage, ScalarType.Bool),
        new("torch.Size", PickleGlobalKind.Tuple),
        // A best score kept as a NumPy number, in checkpoints of training scripts.
        new("torch.device", PickleGlobalKind.Inert),
        new("numpy.dtype", PickleGlobalKind.Inert),
        new("numpy.core.multiarray.scalar", PickleGlobalKind.Inert),
        new("numpy._core.multiarray.scalar", PickleGlobalKind.Inert),
        new("_codecs.encode", PickleGlobalKind.Inert),
    }.ToDictionary(global => global.Name);

    private readonly Dictionary<long, object?> memo = [];
    private readonly Stack<List<object?>> marked = [];
    private List<object?> stack = [];

    /// <exception cref="InvalidDataException">The pickle is faulty, or holds what is refused.</exception>
    public object? Load()
    {
        try
        {
            while (true)
            {
                var instruction = ReadByte();
                if (instruction == '.')
                    return Pop();
                Execute(instruction);
            }
        }
        catch (Exception exception)
            when (exception is EndOfStreamException or ArgumentException or IndexOutOfRangeException or InvalidCastException
                or InvalidOperationException or NullReferenceException or OverflowException)
        {
            // A stack that is too short, a value of another kind than the instruction needs (or none), text that is no UTF-8.
            throw new InvalidDataException($"its description of the data is cut off or faulty ({exception.GetType().Name})", exception);
        }
    }

    private void Execute(byte instruction)
    {
        switch (instruction)
        {
            case 0x80: ReadByte(); break;                                                   // PROTO
            case 0x95: ReadLength(8); break;                                                // FRAME
            case (byte)'(': marked.Push(stack); stack = []; break;                          // MARK
            case (byte)'0': Pop(); break;                                                   // POP
            case (byte)'1': PopToMark(); break;                                             // POP_MARK
            case (byte)'2': Push(Peek()); break;                                            // DUP
            case (byte)'N': Push(null); break;                                              // NONE
            case 0x88: Push(true); break;                                                   // NEWTRUE
            case 0x89: Push(false); break;                                                  // NEWFALSE
            case (byte)'J': Push((long)BinaryPrimitives.ReadInt32LittleEndian(Read(4))); break;     // BININT
            case (byte)'K': Push((long)ReadByte()); break;                                  // BININT1
            case (byte)'M': Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Read(2))); break;    // BININT2
            case (byte)'G': Push(BinaryPrimitives.ReadDoubleBigEndian(Read(8))); break;     // BINFLOAT
            case 0x8a: Push(ReadInteger(ReadByte())); break;                                // LONG1
            case 0x8b: Push(ReadInteger(ReadLength(4))); break;                             // LONG4
            case (byte)'X': Push(ReadText(ReadLength(4))); break;                           // BINUNICODE
            case 0x8c: Push(ReadText(ReadByte())); break;                                   // SHORT_BINUNICODE
            case 0x8d: Push(ReadText(ReadLength(8))); break;                                // BINUNICODE8
            case (byte)'T': Push(ReadText(ReadLength(4))); break;                           // BINSTRING, Python 2's
            case (byte)'U': Push(ReadText(ReadByte())); break;                              // SHORT_BINSTRING
            case (byte)'B': Push(Read(ReadLength(4))); break;                               // BINBYTES
            case (byte)'C': Push(Read(ReadByte())); break;                                  // SHORT_BINBYTES
            case 0x8e: Push(Read(ReadLength(8))); break;                                    // BINBYTES8
            case (byte)']': Push(new List<object?>()); break;                               // EMPTY_LIST
            case (byte)'}': Push(new PickleDictionary()); break;                            // EMPTY_DICT
            case (byte)')': Push(Array.Empty<object?>()); break;                            // EMPTY_TUPLE
            case (byte)'t': Push(PopToMark().ToArray()); break;                             // TUPLE
            case 0x85: Push(PopMany(1)); break;                                             // TUPLE1
            case 0x86: Push(PopMany(2)); break;                                             // TUPLE2
            case 0x87: Push(PopMany(3)); break;                                             // TUPLE3
            case (byte)'a': Append(PopMany(1)); break;                                      // APPEND
            case (byte)'e': Append(PopToMark()); break;                                     // APPENDS
            case (byte)'s': SetItems(PopMany(2)); break;                                    // SETITEM
            case (byte)'u': SetItems(PopToMark()); break;                                   // SETITEMS
            case (byte)'q': memo[ReadByte()] = Peek(); break;                               // BINPUT
            case (byte)'r': memo[ReadLength(4)] = Peek(); break;                            // LONG_BINPUT
            case 0x94: memo[memo.Count] = Peek(); break;                                    // MEMOIZE
            case (byte)'h': Recall(ReadByte()); break;                                      // BINGET
            case (byte)'j': Recall(ReadLength(4)); break;                                   // LONG_BINGET
            case (byte)'c': Push(FindGlobal(ReadLine(), ReadLine())); break;                // GLOBAL
            case 0x93: PushGlobal(PopMany(2)); break;                                       // STACK_GLOBAL
            case (byte)'Q': Push(findStorage(Pop())); break;                                // BINPERSID
            case (byte)'R': Call(PopMany(2)); break;                                        // REDUCE
            case (byte)'b': Build(Pop()); break;                                            // BUILD
            default: throw new InvalidDataException($"it has an instruction (0x{instruction:x2}) that plain weights do not need");
        }
    }

    private static PickleGlobal FindGlobal(string module, string name) => Globals.TryGetValue($"{module}.{name}", out var global)
        ? global
        : throw new InvalidDataException(
            $"it holds a '{module}.{name}', which is neither a tensor nor a plain value and is refused, as it could run code; "
            + "save the state_dict alone: torch.save(model.state_dict(), path)");

    private void PushGlobal(object?[] names) => Push(FindGlobal((string)names[0]!, (string)names[1]!));

    private void Call(object?[] functionAndArguments)
    {
        var arguments = (object?[])functionAndArguments[1]!;
        var global = functionAndArguments[0] as PickleGlobal ?? throw new InvalidDataException("it calls something that is no function");
        Push(global.Kind switch
        {
            PickleGlobalKind.OrderedDictionary => ToDictionary(arguments),
            PickleGlobalKind.RebuildTensor => ToTensor(arguments),
            PickleGlobalKind.RebuildParameter => arguments[0] as PickleTensor ?? throw new InvalidCastException(),
            PickleGlobalKind.Tuple => ToItems(arguments[0]).ToArray(),
            PickleGlobalKind.Inert => PickleInert.Instance,
            _ => throw new InvalidDataException($"it calls {global.Name}, which is no function"),
        });
    }

    private static PickleTensor ToTensor(object?[] arguments)
    {
        var shape = ToExtents(arguments[2]);
        var strides = ToExtents(arguments[3]);
        return arguments[0] is PickleStorage storage && shape.Length == strides.Length
            ? new(storage, (long)arguments[1]!, shape, strides)
            : throw new InvalidDataException("a tensor in it is not described as one");
    }

    private static PickleDictionary ToDictionary(object?[] arguments)
    {
        var dictionary = new PickleDictionary();
        foreach (var pair in arguments.Length == 0 ? [] : ToItems(arguments[0]))
        {
            var items = ToItems(pair);
            SetItem(dictionary, items[0], items[1]);
        }
        return dictionary;
    }

    private static IReadOnlyList<object?> ToItems(object? value) => (IReadOnlyList<object?>)value!;

    private static long[] ToExtents(object? value)
    {
        var extents = ToItems(value).Select(extent => (long)extent!).ToArray();
        return extents.Length <= 16 ? extents : throw new InvalidDataException("it holds a tensor of more than 16 dimensions");
    }

    /// <summary>
    /// The state of an object: of an ordered dictionary and of place-holders it is nothing that weights need (PyTorch's _metadata).
    /// </summary>
    private void Build(object? state)
    {
        _ = state;
        if (Peek() is not (PickleDictionary or PickleInert or PickleTensor))
            throw new InvalidDataException("it gives a state to something that has none");
    }

    private void Append(IReadOnlyList<object?> items) => ((List<object?>)Peek()!).AddRange(items);

    private void SetItems(IReadOnlyList<object?> items)
    {
        var dictionary = (PickleDictionary)Peek()!;
        for (var i = 0; i < items.Count; i += 2)
            SetItem(dictionary, items[i], items[i + 1]);
    }

    private static void SetItem(PickleDictionary dictionary, object? key, object? value)
    {
        if (key is not (string or long or double or bool))
            throw new InvalidDataException("a key of a dictionary in it is neither text nor a number");
        dictionary[key] = value;
    }

    private void Push(object? value) => stack.Add(value);

    private object? Peek() => stack[^1];

    private object? Pop()
    {
        var value = stack[^1];
        stack.RemoveAt(stack.Count - 1);
        return value;
    }

    private object?[] PopMany(int count)
    {
        var values = stack.GetRange(stack.Count - count, count).ToArray();
        stack.RemoveRange(stack.Count - count, count);
        return values;
    }

    private List<object?> PopToMark()
    {
        var values = stack;
        stack = marked.Pop();
        return values;
    }

    private void Recall(long index) =>
        Push(memo.TryGetValue(index, out var value)
            ? value
            : throw new InvalidDataException($"it recalls value {index}, which it never kept"));

    private byte ReadByte() => stream.ReadByte() is >= 0 and var value ? (byte)value : throw new EndOfStreamException();

    private byte[] Read(int length)
    {
        // In pieces: a faulty length must not ask for the memory before the file has shown that it has the bytes.
        var bytes = new byte[Math.Min(length, 1 << 16)];
        for (var filled = 0; filled < length;)
        {
            if (filled == bytes.Length)
                Array.Resize(ref bytes, (int)Math.Min(length, 2L * bytes.Length));
            stream.ReadExactly(bytes, filled, bytes.Length - filled);
            filled = bytes.Length;
        }
        return bytes;
    }

    private int ReadLength(int width)
    {
        var bytes = Read(width);
        var length = width == 4 ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        return checked((int)length);
    }

    private object ReadInteger(int length)
    {
        var value = new BigInteger(Read(length));
        return value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
    }

    private string ReadText(int length) => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Read(length));

    private string ReadLine()
    {
        const int longest = 1000;
        var line = new StringBuilder();
        for (var letter = ReadByte(); letter != '\n'; letter = ReadByte())
        {
            line.Append((char)letter);
            if (line.Length > longest)
                throw new InvalidDataException("a name in it is too long");
        }
        return line.ToString();
    }
}
