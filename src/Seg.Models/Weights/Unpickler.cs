using System.Buffers.Binary;
using System.Text;
using static TorchSharp.torch;

namespace Seg.Models.Weights;

/// <summary>
/// Runs one pickle (Python's Lib/pickletools.py describes the instructions) on a stack of plain values. Classes and functions are known by
/// name from a table (<see cref="PickleGlobal"/>) and stand for values of our own; a name that is not in it is an error, as is every
/// instruction that Python needs for objects.
/// </summary>
/// <remarks>
/// Nothing here recurses, no value is walked through, and every instruction takes a bounded time and room beside the bytes that it reads:
/// a pickle of nested, shared or endless values costs what its length allows.
/// </remarks>
/// <param name="stream">Read up to the end of the pickle, no further.</param>
/// <param name="findStorage">What a reference out of the pickle means.</param>
internal sealed class Unpickler(Stream stream, Func<object?, PickleStorage> findStorage)
{
    /// <summary>Instructions of a pickle, of which some make an object each; a state dict needs 30 for a tensor.</summary>
    private const int MaximumInstructions = 4_000_000;

    /// <summary>Containers within one another; Python's own limit.</summary>
    private const int MaximumDepth = 1000;

    private readonly PickleReader bytes = new(stream);
    private long copiedItems;
    private readonly Dictionary<long, object?> memo = [];
    private readonly Stack<List<object?>> marked = [];
    private List<object?> stack = [];

    /// <exception cref="InvalidDataException">The pickle is faulty, or holds what is refused.</exception>
    public object? Load()
    {
        try
        {
            for (var count = 0; count < MaximumInstructions; count++)
            {
                var instruction = bytes.ReadByte();
                if (instruction == '.')
                    return Pop();
                Execute(instruction);
            }
            throw new InvalidDataException("its description of the data is longer than any state dict needs");
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
            case 0x80: bytes.ReadByte(); break;                                                       // PROTO
            case 0x95: bytes.ReadLength(8); break;                                                    // FRAME
            case (byte)'(': Mark(); break;                                                            // MARK
            case (byte)'0': Pop(); break;                                                             // POP
            case (byte)'1': PopToMark(); break;                                                       // POP_MARK
            case (byte)'2': Push(Peek()); break;                                                      // DUP
            case (byte)'N': Push(null); break;                                                        // NONE
            case 0x88: Push(true); break;                                                             // NEWTRUE
            case 0x89: Push(false); break;                                                            // NEWFALSE
            case (byte)'J': Push((long)BinaryPrimitives.ReadInt32LittleEndian(bytes.Read(4))); break; // BININT
            case (byte)'K': Push((long)bytes.ReadByte()); break;                                      // BININT1
            case (byte)'M': Push((long)BinaryPrimitives.ReadUInt16LittleEndian(bytes.Read(2))); break;// BININT2
            case (byte)'G': Push(BinaryPrimitives.ReadDoubleBigEndian(bytes.Read(8))); break;         // BINFLOAT
            case 0x8a: Push(bytes.ReadInteger(bytes.ReadByte())); break;                              // LONG1
            case 0x8b: Push(bytes.ReadInteger(bytes.ReadLength(4))); break;                           // LONG4
            case (byte)'X': Push(bytes.ReadText(bytes.ReadLength(4))); break;                         // BINUNICODE
            case 0x8c: Push(bytes.ReadText(bytes.ReadByte())); break;                                 // SHORT_BINUNICODE
            case 0x8d: Push(bytes.ReadText(bytes.ReadLength(8))); break;                              // BINUNICODE8
            case (byte)'T': Push(Encoding.Latin1.GetString(bytes.Read(bytes.ReadLength(4)))); break;  // BINSTRING, Python 2's
            case (byte)'U': Push(Encoding.Latin1.GetString(bytes.Read(bytes.ReadByte()))); break;     // SHORT_BINSTRING
            case (byte)'B': Push(bytes.Read(bytes.ReadLength(4))); break;                             // BINBYTES
            case (byte)'C': Push(bytes.Read(bytes.ReadByte())); break;                                // SHORT_BINBYTES
            case 0x8e or 0x96: Push(bytes.Read(bytes.ReadLength(8))); break;                          // BINBYTES8, BYTEARRAY8
            case (byte)']' or 0x8f: Push(new List<object?>()); break;                                 // EMPTY_LIST, EMPTY_SET
            case (byte)'}': Push(new PickleDictionary()); break;                                      // EMPTY_DICT
            case (byte)')': Push(Array.Empty<object?>()); break;                                      // EMPTY_TUPLE
            case (byte)'t' or 0x91: Push(PopToMark().ToArray()); break;                               // TUPLE, FROZENSET
            case 0x85: Push(PopMany(1)); break;                                                       // TUPLE1
            case 0x86: Push(PopMany(2)); break;                                                       // TUPLE2
            case 0x87: Push(PopMany(3)); break;                                                       // TUPLE3
            case (byte)'a': Append(PopMany(1)); break;                                                // APPEND
            case (byte)'e' or 0x90: Append(PopToMark()); break;                                       // APPENDS, ADDITEMS
            case (byte)'s': SetItems(PopMany(2)); break;                                              // SETITEM
            case (byte)'u': SetItems(PopToMark()); break;                                             // SETITEMS
            case (byte)'q': memo[bytes.ReadByte()] = Peek(); break;                                   // BINPUT
            case (byte)'r': memo[bytes.ReadLength(4)] = Peek(); break;                                // LONG_BINPUT
            case 0x94: memo[memo.Count] = Peek(); break;                                              // MEMOIZE
            case (byte)'h': Recall(bytes.ReadByte()); break;                                          // BINGET
            case (byte)'j': Recall(bytes.ReadLength(4)); break;                                       // LONG_BINGET
            case (byte)'c': Push(PickleGlobal.Find(bytes.ReadLine(), bytes.ReadLine())); break;       // GLOBAL
            case 0x93: PushGlobal(PopMany(2)); break;                                                 // STACK_GLOBAL
            case (byte)'Q': Push(findStorage(Pop())); break;                                          // BINPERSID
            case (byte)'R': Call(PopMany(2)); break;                                                  // REDUCE
            case (byte)'b': Build(Pop()); break;                                                      // BUILD
            default: throw new InvalidDataException(Refusal(instruction));
        }
    }

    private static string Refusal(byte instruction)
    {
        var name = instruction switch
        {
            (byte)'i' => "INST",
            (byte)'o' => "OBJ",
            0x81 => "NEWOBJ",
            0x92 => "NEWOBJ_EX",
            0x82 or 0x83 or 0x84 => "EXT",
            (byte)'P' => "PERSID",
            0x97 or 0x98 => "BUFFER",
            (byte)'I' or (byte)'L' or (byte)'F' or (byte)'S' or (byte)'V' or (byte)'p' or (byte)'g' or (byte)'l' or (byte)'d' => "text",
            _ => $"0x{instruction:x2}",
        };
        return $"it has an instruction of pickles ({name}) that torch.save does not need for weights and that is refused; "
            + "save the state_dict alone: torch.save(model.state_dict(), path)";
    }

    private void PushGlobal(object?[] names) => Push(PickleGlobal.Find((string)names[0]!, (string)names[1]!));

    private void Call(object?[] functionAndArguments)
    {
        var global = functionAndArguments[0] as PickleGlobal ?? throw new InvalidDataException("it calls (REDUCE) something that is no function");
        Push(Call(global, (object?[])functionAndArguments[1]!));
    }

    private object Call(PickleGlobal global, object?[] arguments) => global.Kind switch
    {
        PickleGlobalKind.Dictionary => ToDictionary(arguments),
        PickleGlobalKind.Tuple => ToTuple(arguments[0]),
        PickleGlobalKind.RebuildTensor => ToTensor(arguments),
        PickleGlobalKind.RebuildParameter => (PickleTensor)arguments[0]!,
        PickleGlobalKind.RebuildFromType => RebuildFromType(arguments),
        PickleGlobalKind.Inert => PickleInert.Instance,
        _ => throw new InvalidDataException($"it calls (REDUCE) {global.Name}, which is no function"),
    };

    private object RebuildFromType(object?[] arguments) =>
        arguments is [PickleGlobal { Kind: PickleGlobalKind.RebuildTensor or PickleGlobalKind.RebuildParameter } function,
            PickleGlobal { Kind: PickleGlobalKind.TensorClass }, object?[] inner, ..]
            ? Call(function, inner)
            : throw new InvalidDataException("a tensor in it is of a class that is not known here and is refused; save plain tensors");

    private static PickleTensor ToTensor(object?[] arguments)
    {
        var shape = ToExtents(arguments[2]);
        var strides = ToExtents(arguments[3]);
        // The last argument, where there is one, says whether the numbers stand for their conjugates or negatives.
        if (arguments is [_, _, _, _, _, _, PickleDictionary notes, ..] && notes.Values.Any(note => note is true))
            throw new InvalidDataException("a tensor in it is the conjugate or negative of what is stored; save it again after .resolve_neg()");
        return arguments[0] is PickleStorage storage && shape.Length == strides.Length
            ? new(storage, checked(storage.PartStart + (long)arguments[1]!), shape, strides)
            : throw new InvalidDataException("a tensor in it is not described as one");
    }

    private PickleDictionary ToDictionary(object?[] arguments)
    {
        if (arguments is [PickleDictionary whole])
            return whole;
        var dictionary = new PickleDictionary();
        var pairs = arguments.Length == 0 ? [] : ToItems(arguments[0]);
        Copy(pairs.Count);
        foreach (var pair in pairs)
        {
            var items = ToItems(pair);
            SetItem(dictionary, items[0], items[1]);
        }
        return dictionary;
    }

    private object?[] ToTuple(object? value)
    {
        var items = ToItems(value);
        Copy(items.Count);
        return [.. items];
    }

    /// <summary>Counts items that are copied without standing in the pickle again, of which there can be as many as it has bytes.</summary>
    private void Copy(int count)
    {
        copiedItems += count;
        if (copiedItems > bytes.Length)
            throw new InvalidDataException("its description of the data unfolds to more than its length");
    }

    private static IReadOnlyList<object?> ToItems(object? value) => (IReadOnlyList<object?>)value!;

    private static long[] ToExtents(object? value)
    {
        var items = ToItems(value);
        return items.Count <= TensorTypes.MaximumDimensions
            ? [.. items.Select(extent => extent is long number ? number : throw new InvalidDataException("an extent of a tensor in it is no number"))]
            : throw new InvalidDataException($"it holds a tensor of more than {TensorTypes.MaximumDimensions} dimensions");
    }

    /// <summary>
    /// The state of an object: of an ordered dictionary and of place-holders it is nothing that weights need (PyTorch's _metadata).
    /// </summary>
    private void Build(object? state)
    {
        _ = state;
        if (Peek() is not (PickleDictionary or PickleInert or PickleTensor))
            throw new InvalidDataException("it gives a state (BUILD) to something that has none");
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
        if (key is string name)
            dictionary[name] = value;
    }

    private void Mark()
    {
        if (marked.Count == MaximumDepth)
            throw new InvalidDataException($"its containers are nested more than {MaximumDepth} deep");
        marked.Push(stack);
        stack = [];
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
}
