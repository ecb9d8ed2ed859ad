using static TorchSharp.torch;

namespace Seg.Train.DeviceChecks;

/// <summary>What of a device is to be checked.</summary>
public sealed record DeviceCheckRequest
{
    public Device Device { get; init; } = CPU;

    /// <summary>A few small networks on small images and few steps, instead of all.</summary>
    public bool Quick { get; init; }

    /// <summary>Names of networks to compare, or <c>blocks</c> for the bare blocks; null: all.</summary>
    public IReadOnlyList<string>? Only { get; init; }

    /// <summary>Steps of training in each precision; null: as many as show that it learns.</summary>
    public int? Steps { get; init; }
}
