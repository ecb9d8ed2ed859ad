using System.Runtime.InteropServices;
using Seg.Models;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Train.Jobs;

/// <summary>Runs a network once, in eval mode and float32, from array to array: for comparison with other implementations. What <c>seg forward</c> does.</summary>
public static class ForwardJob
{
    /// <returns>The files written, with their shapes.</returns>
    /// <exception cref="InputException">Model, weights or input are missing, faulty, or do not fit together.</exception>
    /// <exception cref="IOException">An output cannot be written.</exception>
    public static IReadOnlyList<(string Path, long[] Shape)> Run(ForwardRequest request)
    {
        using var scope = NewDisposeScope();
        using var source = NetworkSource.Load(request.Model, request.Overrides, request.Seed);
        if (request.Weights is not null)
            StateDict.Load(source.Network, WeightFile.Read(request.Weights), request.Weights);
        var input = NpyFile.Read(request.Input).to_type(ScalarType.Float32);
        source.Network.eval();
        using var withoutGradient = no_grad();
        var outputs = Call(source, input, request.Input);
        var written = new List<(string, long[])>();
        for (var index = 0; index < outputs.Length; index++)
        {
            var path = outputs.Length == 1 ? request.Output : Numbered(request.Output, index);
            NpyFile.Write(path, outputs[index]);
            written.Add((path, outputs[index].shape));
        }
        return written;
    }

    private static Tensor[] Call(NetworkSource source, Tensor input, string path)
    {
        try
        {
            return source.Network.CallAsPublished(input);
        }
        catch (ExternalException error)
        {
            throw new InputException(
                $"The network does not take the array of {path}, whose shape is [{string.Join(", ", input.shape)}]: {FirstLine(error.Message)}", error);
        }
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd('.');

    private static string Numbered(string path, int index) => Path.ChangeExtension(path, null) + $"_{index}" + Path.GetExtension(path);
}
