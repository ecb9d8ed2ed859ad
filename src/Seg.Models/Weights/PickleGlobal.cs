using static TorchSharp.torch;

namespace Seg.Models.Weights;

/// <summary>A class or function that a pickle names and that is known here; nothing is ever looked up by the name.</summary>
internal sealed record PickleGlobal(string Name, PickleGlobalKind Kind, ScalarType Type = default)
{
    private static readonly Dictionary<string, PickleGlobal> Known = Table().ToDictionary(global => global.Name);

    /// <exception cref="InvalidDataException">The name is not in the table.</exception>
    public static PickleGlobal Find(string module, string name) => Known.TryGetValue($"{module}.{name}", out var global)
        ? global
        : throw new InvalidDataException(
            $"it holds a '{module}.{name}', which is neither a tensor nor a plain value and is refused, as it could run code; "
            + "save the state_dict alone: torch.save(model.state_dict(), path)");

    private static IEnumerable<PickleGlobal> Table()
    {
        yield return new("collections.OrderedDict", PickleGlobalKind.Dictionary);
        yield return new("collections.Counter", PickleGlobalKind.Dictionary);   // milestones of a learning-rate schedule
        yield return new("torch.Size", PickleGlobalKind.Tuple);
        yield return new("torch._utils._rebuild_tensor", PickleGlobalKind.RebuildTensor);
        yield return new("torch._utils._rebuild_tensor_v2", PickleGlobalKind.RebuildTensor);
        yield return new("torch._utils._rebuild_parameter", PickleGlobalKind.RebuildParameter);
        yield return new("torch._utils._rebuild_parameter_with_state", PickleGlobalKind.RebuildParameter);
        yield return new("torch._tensor._rebuild_from_type_v2", PickleGlobalKind.RebuildFromType);
        yield return new("torch.Tensor", PickleGlobalKind.TensorClass);
        yield return new("torch.nn.parameter.Parameter", PickleGlobalKind.TensorClass);
        foreach (var (name, type) in TensorTypes.Storages)
            yield return new($"torch.{name}", PickleGlobalKind.Storage, type);
        foreach (var name in new[] { "ComplexFloat", "ComplexDouble", "QInt8", "QUInt8", "QInt32", "QUInt4x2", "QUInt2x4" })
            yield return new($"torch.{name}Storage", PickleGlobalKind.ForeignStorage);
        yield return new("torch.storage.UntypedStorage", PickleGlobalKind.ForeignStorage);

        // Notes of training scripts: types and devices, a best score as a NumPy number, sets of names.
        string[] types = ["float16", "float32", "float64", "bfloat16", "uint8", "int8", "int16", "int32", "int64", "bool", "complex64", "complex128"];
        string[] notes =
        [
            "torch.device", "numpy.dtype", "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar", "_codecs.encode",
            "__builtin__.set", "builtins.set", "__builtin__.complex", "builtins.complex", "__builtin__.bytearray", "builtins.bytearray",
        ];
        foreach (var name in types.Select(type => $"torch.{type}").Concat(notes))
            yield return new(name, PickleGlobalKind.Inert);
    }
}

internal enum PickleGlobalKind
{
    Dictionary,
    Tuple,
    RebuildTensor,
    RebuildParameter,

    /// <summary>Calls one of the two above for a tensor with attributes: (function, class, arguments, attributes).</summary>
    RebuildFromType,
    TensorClass,
    Storage,

    /// <summary>A storage of numbers that are not read here.</summary>
    ForeignStorage,

    /// <summary>Makes a value that no weight depends on: called, it gives <see cref="PickleInert"/>.</summary>
    Inert,
}
