using static TorchSharp.torch;

namespace Seg.Models.Runtime.Compiled;

/// <summary>Runs a network on images and keeps how the values of its rectified maps are spread.</summary>
internal sealed class ActivationRecorder : IActivationRecorder
{
    private readonly SortedDictionary<int, ChannelHistograms> maps = [];   // by the number of the call that made them
    private string? operators;
    private int images;

    /// <exception cref="InputException">The network cannot be recorded, or does not do the same with every image.</exception>
    public Tensor Run(Func<Tensor, Tensor> network, Tensor image)
    {
        try
        {
            using var recording = NetworkRecording.Of(network, image, out var result, Observe);
            operators ??= recording.Fingerprint;
            if (operators != recording.Fingerprint)
                throw new InputException("The network calls other operators for images of other sizes; give images of one size to calibrate it.");
            images++;
            return result;
        }
        catch (NotCompilableException error)
        {
            throw new InputException($"This network cannot be computed in int8: {error.Message}.", error);
        }
    }

    public Int8Calibration Finish() => new()
    {
        Images = images,
        Operators = operators ?? throw new InputException("A calibration needs an image at least."),
        Maps = [.. maps.Select(map => new CalibratedMap { Call = map.Key, Scales = map.Value.Scales() })],
    };

    private void Observe(int call, Tensor map)
    {
        using var scope = NewDisposeScope();
        var values = map.to_type(ScalarType.Float32).contiguous();
        var channels = (int)values.shape[1];
        if (!maps.TryGetValue(call, out var histograms))
            maps.Add(call, histograms = new ChannelHistograms(channels));
        if (histograms.Channels == channels)   // else the fingerprint will tell
            histograms.Add(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(values.bytes));
    }
}
