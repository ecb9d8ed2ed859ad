using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>
/// Units in a row, and their registration as the authors' codes have it where they put convolution and norm into a Sequential.
/// </summary>
public static class ConvNormActExtensions
{
    /// <summary>Registers the convolution as <c>name.0</c> and the norm as <c>name.1</c>.</summary>
    public static ConvNormAct RegisterAsSequence(this ConvNormAct unit, Module owner, string name) =>
        unit.RegisterIn(ModuleGroup.In(owner, name), "0", "1");

    /// <summary>
    /// Registers a convolution as <c>index</c> and its norm as <c>(index + 1).0</c>: the authors' OCR code has norm and ReLU in a Sequential
    /// of their own.
    /// </summary>
    internal static void RegisterWithInnerNorm(this ModuleGroup group, int index, Module conv, Module norm)
    {
        group.register_module($"{index}", conv);
        ModuleGroup.In(group, $"{index + 1}").register_module("0", norm);
    }

    /// <summary>Runs the units one after the other. Where there are none, the result is the argument itself, the same tensor.</summary>
    public static Tensor Follow(this ConvNormAct[] units, Tensor x)
    {
        var result = x;
        foreach (var unit in units)
        {
            var next = unit.Forward(result);
            if (!ReferenceEquals(result, x))
                result.Dispose();
            result = next;
        }
        return result;
    }

    /// <summary>One of several tensors; the others are given back.</summary>
    internal static Tensor KeepOnly(this Tensor[] tensors, int index)
    {
        tensors.DisposeExcept([tensors[index]]);
        return tensors[index];
    }

    /// <summary>Gives tensors back, without those that are kept.</summary>
    internal static void DisposeExcept(this Tensor[] tensors, Tensor[] kept)
    {
        foreach (var tensor in tensors)
        {
            if (!kept.Any(other => ReferenceEquals(other, tensor)))
                tensor.Dispose();
        }
    }
}
