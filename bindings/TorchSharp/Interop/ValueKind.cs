namespace TorchSharp.Interop;

/// <summary>What a <see cref="Value"/> holds; the numbers are torch_shim.h's.</summary>
public enum ValueKind
{
    None = 0,
    Integer = 1,
    Real = 2,
    Boolean = 3,
    String = 4,
    Tensor = 5,
    IntegerList = 6,
    RealList = 7,
    TensorList = 8,
    Device = 9,
    Generator = 10,
    BooleanList = 11,
}
