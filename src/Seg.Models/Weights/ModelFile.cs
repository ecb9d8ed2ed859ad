using System.Globalization;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Models.Weights;

/// <summary>
/// A trained model in one .safetensors file that describes itself: weights, and as JSON in the header's metadata the model config, the
/// classes with their colours or the keypoints with their skeleton, the normalisation, the input size, and the scales for int8 if it was calibrated.
/// </summary>
public static class ModelFile
{
    public const string Extension = ".safetensors";

    private const int Version = 1;
    private const string VersionKey = "seg.version";
    private const string ModelKey = "seg.model";
    private const string LabelsKey = "seg.labels";
    private const string KeypointsKey = "seg.keypoints";
    private const string NormalizationKey = "seg.normalization";
    private const string InputSizeKey = "seg.input_size";
    private const string CalibrationKey = "seg.int8";

    /// <summary>Writes a model, atomically.</summary>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written; an old file is still there.</exception>
    public static void Save(string path, Network network, ModelDescription description)
    {
        var (key, outputs) = description switch
        {
            SegmentationDescription segmentation => (LabelsKey, ConfigReader.WriteJson(segmentation.Labels)),
            PoseDescription pose => (KeypointsKey, ConfigReader.WriteJson(pose.Keypoints)),
            _ => throw new ArgumentException($"No model file is known for a {description.GetType().Name}.", nameof(description)),
        };
        var metadata = new OrderedDictionary<string, string>
        {
            [VersionKey] = Version.ToString(CultureInfo.InvariantCulture),
            [ModelKey] = ConfigReader.WriteJson(description.Model),
            [key] = outputs,
            [NormalizationKey] = ConfigReader.WriteJson(description.Normalization),
            [InputSizeKey] = ConfigReader.WriteJson(description.InputSize),
        };
        if (description.Calibration is { } calibration)
            metadata[CalibrationKey] = ConfigReader.WriteJson(calibration);
        SafeTensors.Write(path, StateDict.Of(network), metadata);
    }

    /// <summary>Builds the network that a file describes, in eval mode, with the file's weights.</summary>
    /// <exception cref="InputException">The file cannot be read, is faulty, or is no model file.</exception>
    public static (Network Network, ModelDescription Description) Load(string path, Device? device = null)
    {
        using var file = SafeTensors.Read(path);
        var description = ParseDescription(path, file.Metadata);
        var network = NetworkFactory.Create(description.Model);
        try
        {
            StateDict.Load(network, file.Tensors, path);
            network.eval();
            return (device is null ? network : network.to(device), description);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>What a file says of its network, without the weights.</summary>
    /// <exception cref="InputException">The file cannot be read, is faulty, or is no model file.</exception>
    public static ModelDescription ReadDescription(string path) => ParseDescription(path, SafeTensors.ReadMetadata(path));

    /// <summary>The same; null where the file holds weights alone.</summary>
    /// <exception cref="InputException">The file cannot be read, or is faulty.</exception>
    public static ModelDescription? TryReadDescription(string path)
    {
        var metadata = SafeTensors.ReadMetadata(path);
        return metadata.ContainsKey(VersionKey) ? ParseDescription(path, metadata) : null;
    }

    /// <summary>
    /// Whether a path names weights rather than a configuration; whether they are whole is for <see cref="Load"/> to say.
    /// </summary>
    public static bool IsModelFile(string path) => Path.GetExtension(path).Equals(Extension, StringComparison.OrdinalIgnoreCase);

    private static ModelDescription ParseDescription(string path, IReadOnlyDictionary<string, string> metadata)
    {
        if (!int.TryParse(metadata.GetValueOrDefault(VersionKey), CultureInfo.InvariantCulture, out var version))
            throw new InputException($"{path} holds weights alone, not of which network. Give a model config, and these with --weights.");
        if (version > Version)
            throw new InputException($"{path} was written by a newer seg (format {version}, this one knows {Version}). Update seg.");
        var model = Parse<ModelConfig>(ModelKey);
        var (normalization, inputSize) = (Parse<Normalization>(NormalizationKey), Parse<int[]>(InputSizeKey));
        if (inputSize is not [> 0, > 0])
            throw new InputException($"{path}, {InputSizeKey}: must be a height and a width");
        ModelDescription description = model is PoseConfig or BottomUpPoseConfig
            ? new PoseDescription { Model = model, Keypoints = ParseKeypoints(), Normalization = normalization, InputSize = inputSize }
            : new SegmentationDescription { Model = model, Labels = ParseLabels(), Normalization = normalization, InputSize = inputSize };
        return metadata.ContainsKey(CalibrationKey) ? description with { Calibration = Parse<Int8Calibration>(CalibrationKey) } : description;

        LabelSet ParseLabels()
        {
            var labels = Parse<LabelSet>(LabelsKey);
            if (labels.Names.Length != model.NumClasses || labels.Colors.Length != model.NumClasses)
            {
                throw new InputException(
                    $"{path}: {labels.Names.Length} class names and {labels.Colors.Length} colours for a network of {model.NumClasses} classes");
            }
            return labels;
        }

        KeypointSet ParseKeypoints()
        {
            // Files of pose networks from before there were sets of keypoints have their names and colours as if they were classes.
            var keypoints = metadata.ContainsKey(KeypointsKey) ? Parse<KeypointSet>(KeypointsKey) : KeypointSet.Plain(ParseLabels());
            return keypoints.Count == model.NumClasses
                ? keypoints
                : throw new InputException($"{path}: {keypoints.Count} keypoints for a network of {model.NumClasses}");
        }

        T Parse<T>(string key)
            where T : class => metadata.TryGetValue(key, out var text)
                ? ConfigReader.Parse<T>(text, $"{path}, {key}")
                : throw new InputException($"{path}: its metadata lacks {key}");
    }
}
