using TorchSharp.Interop;
using static TorchSharp.torch;

namespace Seg.Models.Runtime.Compiled;

/// <summary>The numbers of one step: its weights as they are, or with the scales of the maps that it reads and writes worked into them.</summary>
/// <remarks>
/// With u the whole numbers of a source, s their scales, t those of the target: y[o] / t[o] = Σ w[o, i] s[i] / t[o] · u[i] + b[o] / t[o]. Each output
/// channel's products of weights and scales are rounded to multiples of their largest magnitude's 127th part, which is the channel's multiplier.
/// </remarks>
internal sealed record StepNumbers(Tensor? Weights, Tensor? Bias, Tensor? Multipliers, Tensor? Factors)
{
    /// <summary>The largest magnitude of a weight that is a whole number.</summary>
    private const int LargestWeight = 127;

    public static StepNumbers Of(MapOperation operation, Quantization quantization)
    {
        var (weights, bias) = (Values(operation.Weights), Values(operation.Bias));
        if (operation.Kind is not (PlanStepKind.Convolution or PlanStepKind.Sum))
            return new StepNumbers(weights, bias, null, null);
        var (from, to) = (Scales(operation.Source, quantization), Scales(operation.Target, quantization));
        bias = to is null || bias is null ? bias : bias / to;
        var factors = FactorsOf(operation, quantization, to);
        if (operation.Kind == PlanStepKind.Sum || weights is null)
            return new StepNumbers(weights, bias, null, factors);
        if (to is not null)
            weights = weights / to.view(-1, 1, 1, 1);
        if (from is null)
            return new StepNumbers(weights, bias, null, factors);
        weights = weights * from.view(1, -1, 1, 1);
        var multipliers = weights.abs().amax([1, 2, 3]) / LargestWeight;
        multipliers = multipliers.where(multipliers > 0, ones_like(multipliers));
        var whole = (weights / multipliers.view(-1, 1, 1, 1)).round().clamp(-LargestWeight, LargestWeight);
        return new StepNumbers(whole.contiguous(), bias, multipliers.contiguous(), factors);
    }

    /// <summary>For each map that is read beside a convolution's source, or that a sum adds up: its scales over the target's. Null where all are 1.</summary>
    private static Tensor? FactorsOf(MapOperation operation, Quantization quantization, Tensor? to)
    {
        RecordedValue[] read = operation.Kind == PlanStepKind.Sum ? [operation.Source, .. operation.Terms] : operation.Residual is { } one ? [one] : [];
        if (read.Length == 0 || (to is null && read.All(value => quantization.ScalesOf(value) is null)))
            return null;
        var plain = ones(operation.Target.Shape[1]);
        return stack([.. read.Select(value => (Scales(value, quantization) ?? plain) / (to ?? plain))]).contiguous();
    }

    private static Tensor? Scales(RecordedValue value, Quantization quantization) =>
        quantization.ScalesOf(value) is { } scales ? tensor(scales) : null;

    private static Tensor? Values(RecordedValue? constant) => constant?.Constant!.detach().to_type(ScalarType.Float32).contiguous();
}
