namespace Seg.Train.DeviceChecks;

/// <summary>What a comparison of one network or block found.</summary>
/// <param name="Name">Of the network; of a block what it is made of.</param>
/// <param name="Shape">(N, C, H, W) of the input.</param>
/// <param name="Errors">One for each kind of number.</param>
public sealed record DeviceFinding(string Name, IReadOnlyList<long> Shape, IReadOnlyList<DeviceError> Errors)
{
    public bool IsWithin => Errors.All(error => error.IsWithin);
}
