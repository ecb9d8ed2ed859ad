using TorchSharp.Interop;

namespace Seg.Models.Runtime.Compiled;

/// <summary>Which maps of a plan are whole numbers from 0 to 255, and what 1 stands for in each of their channels.</summary>
/// <remarks>
/// Those that ReLU has left without negative values and that a convolution reads, but for the network's last one, which computes the scores. So zero is
/// zero in every map and its padding. The other maps, of which sums are made, stay real numbers.
/// </remarks>
internal sealed class Quantization
{
    // Whole numbers are summed in 32 bits.
    private const long LongestSum = int.MaxValue / (255L * 127);

    private readonly Dictionary<RecordedValue, float[]> scales = [];

    /// <summary>Of plans of real numbers.</summary>
    public static Quantization None { get; } = new();

    /// <param name="operations">Of the whole network, in order.</param>
    /// <param name="calibration">The scales of every map that may be of whole numbers.</param>
    /// <param name="recording">What the network did.</param>
    /// <param name="output">Which value of the operations is the network's output.</param>
    /// <exception cref="NotCompilableException">The network does not do what it did when it was calibrated.</exception>
    public static Quantization Of(
        IReadOnlyList<Operation> operations, Int8Calibration calibration, NetworkRecording recording, RecordedValue output)
    {
        if (recording.Fingerprint != calibration.Operators || calibration.Maps.Any(map => !Fits(map, recording)))
            throw new NotCompilableException("its calibration for int8 is of other operators; make it anew with 'seg calibrate'");
        var known = calibration.Maps.ToDictionary(map => recording.Calls[map.Call].Results[0]!, map => map.Scales);
        var made = new Quantization();
        var maps = operations.OfType<MapOperation>().ToList();
        var read = maps.Where(operation => Multiplies(operation, output)).Select(operation => operation.Source).ToHashSet();
        foreach (var operation in maps)
        {
            if (operation.Kind == PlanStepKind.MaxPool)
            {
                if (made.scales.TryGetValue(operation.Source, out var same))
                    made.scales.Add(operation.Target, same);
            }
            else if (operation.Relu && read.Contains(operation.Target) && known.TryGetValue(operation.Target, out var own))
            {
                made.scales.Add(operation.Target, own);
            }
        }
        return made;
    }

    /// <summary>What 1 stands for in each channel; null for a map of real numbers.</summary>
    public float[]? ScalesOf(RecordedValue value) => scales.GetValueOrDefault(value);

    private static bool Fits(CalibratedMap map, NetworkRecording recording) =>
        map.Call < recording.Calls.Count && recording.Calls[map.Call] is { Rectifies: true } call && call.Results[0]!.Shape[1] == map.Scales.Length;

    /// <summary>Whether it is better done with whole numbers: a convolution, or a pooling in front of one.</summary>
    private static bool Multiplies(MapOperation operation, RecordedValue output) => operation.Kind switch
    {
        PlanStepKind.MaxPool => true,
        PlanStepKind.Convolution => operation.Target != output && operation.Source.Shape[1] * operation.Kernel.Height * operation.Kernel.Width <= LongestSum,
        _ => false,
    };
}
