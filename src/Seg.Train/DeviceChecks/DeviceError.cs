namespace Seg.Train.DeviceChecks;

/// <summary>How far numbers of a device are from what they should be.</summary>
/// <param name="Check">Which numbers: "output", "gradient", "prediction_fp32", "prediction_bf16", "prediction_fp16".</param>
/// <param name="Error">The norm of the difference over that of the truth; of gradients the worst of all parameters.</param>
/// <param name="Limit">What it may be.</param>
public sealed record DeviceError(string Check, double Error, double Limit)
{
    /// <summary>False for an error that is no number, too.</summary>
    public bool IsWithin => Error <= Limit;
}
