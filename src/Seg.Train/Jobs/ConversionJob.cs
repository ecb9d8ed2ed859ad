using Seg.Models;
using Seg.Models.Weights;
using Seg.Train.Datasets;
using static TorchSharp.torch;

namespace Seg.Train.Jobs;

/// <summary>Writes weights in another format. What <c>seg convert</c> does.</summary>
public static class ConversionJob
{
    /// <summary>[height, width] of a description where nothing says otherwise: that of the papers' Cityscapes crops.</summary>
    private static readonly int[] UsualSize = [512, 1024];

    /// <exception cref="InputException">A file or config is missing or faulty, or the weights do not fit the network.</exception>
    /// <exception cref="IOException">The output cannot be written; an old file is still there.</exception>
    public static ConversionResult Run(ConversionRequest request)
    {
        WeightFile.RequireKnown(request.Output);
        if (request.Model is null && request.Overrides.Count > 0)
            throw new InputException("--set changes the config that --model names; give --model CONFIG, or leave --set out.");
        using var scope = NewDisposeScope();
        var weights = WeightFile.Read(request.Input);
        try
        {
            return request.Model is null
                ? WriteAsTheyAre(request, weights)
                : WriteChecked(request, request.Model, weights);
        }
        finally
        {
            foreach (var tensor in weights.Values)
                tensor.Dispose();
        }
    }

    /// <summary>The same tensors in the same types; of .safetensors the description too.</summary>
    private static ConversionResult WriteAsTheyAre(ConversionRequest request, IReadOnlyDictionary<string, Tensor> weights)
    {
        var metadata = ModelFile.IsModelFile(request.Input) ? SafeTensors.ReadMetadata(request.Input) : null;
        WeightFile.Write(request.Output, weights, metadata);
        return Result(weights, "as they were, not checked against a network");
    }

    private static ConversionResult WriteChecked(ConversionRequest request, string model, IReadOnlyDictionary<string, Tensor> weights)
    {
        using var source = NetworkSource.Load(model, request.Overrides);
        StateDict.Load(source.Network, weights, request.Input);
        var written = StateDict.Of(source.Network);
        if (!ModelFile.IsModelFile(request.Output))
        {
            WeightFile.Write(request.Output, written);
            return Result(written, $"every key and shape as in {model}");
        }
        ModelFile.Save(request.Output, source.Network, Describe(request, source));
        return Result(written, $"every key and shape as in {model}, which the file now describes");
    }

    /// <summary>What the model file or config says of the network, or the weights' own file; else classes are numbered.</summary>
    private static ModelDescription Describe(ConversionRequest request, NetworkSource source)
    {
        if (source.Description is { } known)
            return known;
        if (ModelFile.IsModelFile(request.Input) && ModelFile.TryReadDescription(request.Input) is { } own)
            return own with { Model = source.Config };
        var run = source.Run!;
        var labels = run.Data is SegmentationDataConfig data ? DatasetFactory.Labels(data) : Numbered(source.Config.NumClasses);
        if (labels.Count != source.Config.NumClasses)
        {
            throw new InputException(
                $"model.num_classes is {source.Config.NumClasses}, but the config's data has {labels.Count} classes; set one of them to agree with the weights.");
        }
        return new ModelDescription
        {
            Model = source.Config,
            Labels = labels,
            Normalization = run.Normalization,
            InputSize = source.InputSize ?? UsualSize,
        };
    }

    private static LabelSet Numbered(int classes) => new()
    {
        Names = [.. Enumerable.Range(0, classes).Select(index => $"class_{index}")],
        Colors = [.. Enumerable.Range(0, classes).Select(index => ClassPalette.Color(index % 255))],
    };

    private static ConversionResult Result(IReadOnlyDictionary<string, Tensor> tensors, string content) =>
        new(tensors.Count, tensors.Values.Sum(tensor => tensor.numel()), content);
}
