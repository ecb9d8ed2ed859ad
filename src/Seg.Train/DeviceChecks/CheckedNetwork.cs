using Seg.Models.Configuration;

namespace Seg.Train.DeviceChecks;

/// <summary>A network or a bare block whose numbers are compared between devices.</summary>
/// <param name="Name">For people.</param>
/// <param name="Config">What it is built from.</param>
/// <param name="Shape">(N, C, H, W) of the input.</param>
internal sealed record CheckedNetwork(string Name, ModelConfig Config, long[] Shape);
