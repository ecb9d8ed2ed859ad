using Seg.Models.Runtime.Compiled;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Runtime;

/// <summary>A plan of steps that a test has written down; each map has memory of its own.</summary>
/// <param name="gap">Zeros behind each row, at least.</param>
/// <param name="wanted">The type of maps that are not of whole numbers; that which these stand beside by default.</param>
internal sealed class HandMadePlan(int gap, ScalarType? wanted = null)
{
    private readonly ScalarType type = wanted ?? (NativePlan.Supports(ScalarType.BFloat16) ? ScalarType.BFloat16 : ScalarType.Float32);

    private readonly List<PlanStep> steps = [];
    private long bytes;
    private int tensors;

    /// <summary>The number as the plan's real maps hold it.</summary>
    public float Stored(float value)
    {
        using var scope = NewDisposeScope();
        return tensor(value).to_type(type).to_type(ScalarType.Float32).item<float>();
    }

    public PlanMap Map(int channels, int height, int width, bool quantized)
    {
        var type = quantized ? ScalarType.Byte : this.type;
        MapLayout layout = new(channels, height, width, quantized ? 4 : this.type == ScalarType.BFloat16 ? 2 : 1, gap);
        MapBuffer buffer = new(layout.Bytes(oneRow: false), first: 0, isScratch: false) { Offset = bytes };
        bytes += buffer.Bytes;
        return layout.In(buffer, NativePlan.ElementOf(type)!.Value);
    }

    /// <summary>A map that holds the run's next tensor.</summary>
    public PlanMap Import(int channels, int height, int width, bool quantized)
    {
        var real = Map(channels, height, width, quantized: false);
        steps.Add(new PlanStep { Kind = PlanStepKind.Import, Target = real, Tensor = tensors++ });
        return quantized ? Copy(real, Map(channels, height, width, quantized: true)) : real;
    }

    public void Add(PlanStep step) => steps.Add(step);

    /// <summary>What the map holds after a run.</summary>
    public float[] Run(PlanMap result, Tensor[] images)
    {
        var real = result.Element == NativePlan.ElementOf(ScalarType.Byte) ? Copy(result, Map(result.Channels, result.Height, result.Width, quantized: false)) : result;
        steps.Add(new PlanStep { Kind = PlanStepKind.Export, Source = real, Tensor = tensors });
        using var plan = new NativePlan(steps, type, bytes, scratchBytes: 0);
        using var output = empty(1, result.Channels, result.Height, result.Width);
        plan.Run(0, steps.Count, [.. images, output]);
        plan.Run(0, steps.Count, [.. images, output]);   // what a run leaves in memory must not show in the next
        return output.data<float>().ToArray();
    }

    private PlanMap Copy(PlanMap from, PlanMap to)
    {
        steps.Add(new PlanStep { Kind = PlanStepKind.Sum, Source = from, Target = to, Factors = ones(1, from.Channels) });
        return to;
    }
}
