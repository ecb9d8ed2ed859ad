using Seg.Models;
using Seg.Models.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Train;

/// <summary>The number format that a network trains in.</summary>
internal static class TrainingPrecision
{
    /// <summary>Float32, or the type of the forward pass.</summary>
    /// <exception cref="InputException">The device, or what stands behind TorchSharp's API, cannot train in it.</exception>
    public static ScalarType Resolve(Precision precision, Device device)
    {
        if (precision == Precision.Int8)
            throw new InputException("train.precision is int8, in which nothing can be trained; set train.precision=bf16 or fp32, and calibrate the trained model.");
        var type = precision.ToScalarType(device);
        if (type == ScalarType.Float16 && device.type != DeviceType.CUDA)
        {
            throw new InputException(
                "train.precision is fp16, which trains on a GPU alone; set train.precision=bf16 or fp32, or take --device cuda.");
        }
        if (type == ScalarType.Float32 || TorchRuntime.Current.HasAutocast)
            return type;
        return precision == Precision.Auto
            ? ScalarType.Float32
            : throw new InputException(
                $"train.precision is {precision.ToString().ToLowerInvariant()}, which needs autocast, and these bindings have none; " +
                "set train.precision=fp32.");
    }

    /// <summary>The type's name in configs.</summary>
    public static string NameOf(ScalarType type) => type switch { ScalarType.Float32 => "fp32", ScalarType.Float16 => "fp16", _ => "bf16" };
}
