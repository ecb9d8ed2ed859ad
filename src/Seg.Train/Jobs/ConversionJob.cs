using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Weights;
using Seg.Train.Datasets;
using Seg.Train.Datasets.Keypoints;
using static TorchSharp.torch;

namespace Seg.Train.Jobs;

/// <summary>Writes weights in another format. What <c>seg convert</c> does.</summary>
public static class ConversionJob
{
    /// <summary>[height, width] of a description where nothing says otherwise: that of the papers' Cityscapes crops.</summary>
    private static readonly int[] UsualSize = [512, 1024];

    /// <summary>The published sets of keypoints by how many they are, for published weights with a config that names no data.</summary>
    private static readonly Dictionary<int, string> UsualKeypoints = new() { [17] = "coco", [16] = "mpii", [14] = "lsp" };

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

    /// <summary>What the model file or config says of the network, or the weights' own file; else what there usually is of such networks.</summary>
    private static ModelDescription Describe(ConversionRequest request, NetworkSource source)
    {
        if (source.Description is { } known)
            return known with { Calibration = null };   // it was that of other weights
        if (ModelFile.IsModelFile(request.Input) && ModelFile.TryReadDescription(request.Input) is { } own && own is PoseDescription == FindsKeypoints(source.Config))
            return own with { Model = source.Config };
        var (model, normalization, size) = (source.Config, source.Run!.Normalization, source.InputSize ?? UsualSize);
        return FindsKeypoints(model)
            ? new PoseDescription { Model = model, Keypoints = KeypointsOf(source), Normalization = normalization, InputSize = size }
            : new SegmentationDescription { Model = model, Labels = LabelsOf(source), Normalization = normalization, InputSize = size };
    }

    private static bool FindsKeypoints(ModelConfig model) => model is PoseConfig or BottomUpPoseConfig;

    private static LabelSet LabelsOf(NetworkSource source)
    {
        var labels = source.Run!.Data is SegmentationDataConfig data ? DatasetFactory.Labels(data) : Numbered(source.Config.NumClasses);
        RequireCount(labels.Count, source.Config.NumClasses, "classes");
        return labels;
    }

    private static KeypointSet KeypointsOf(NetworkSource source)
    {
        var count = source.Config.NumClasses;
        var keypoints = source.Run!.Data is PoseDataConfig data
            ? data.ReadKeypoints()
            : UsualKeypoints.TryGetValue(count, out var name) ? KeypointSet.Read(name) : KeypointSet.Numbered(count);
        RequireCount(keypoints.Count, count, "keypoints");
        return keypoints;
    }

    private static void RequireCount(int ofData, int ofModel, string kind)
    {
        if (ofData != ofModel)
        {
            throw new InputException(
                $"model.num_classes is {ofModel}, but the config's data has {ofData} {kind}; set one of them to agree with the weights.");
        }
    }

    private static LabelSet Numbered(int count) => new()
    {
        Names = [.. Enumerable.Range(0, count).Select(index => $"class_{index}")],
        Colors = [.. Enumerable.Range(0, count).Select(index => ClassPalette.Color(index % 255))],
    };

    private static ConversionResult Result(IReadOnlyDictionary<string, Tensor> tensors, string content) =>
        new(tensors.Count, tensors.Values.Sum(tensor => tensor.numel()), content);
}
