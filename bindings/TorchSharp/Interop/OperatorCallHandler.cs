namespace TorchSharp.Interop;

/// <summary>Hears of one operator call, after it and on its thread. Tensors are the caller's: read them, keep none.</summary>
/// <param name="op">The operator.</param>
/// <param name="arguments">What it was given, without trailing defaults.</param>
/// <param name="results">Its tensors; empty where the caller dropped them or the result was a plain value.</param>
public delegate void OperatorCallHandler(Operator op, ReadOnlySpan<Value> arguments, ReadOnlySpan<torch.Tensor?> results);
