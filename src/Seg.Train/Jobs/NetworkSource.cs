using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Weights;
using Seg.Train.Datasets.Keypoints;
using static TorchSharp.torch;

namespace Seg.Train.Jobs;

/// <summary>A network that a user named by a config, by the bare name of one, or by a trained model's file.</summary>
public sealed class NetworkSource : IDisposable
{
    /// <summary>[height, width] where nothing says otherwise: that of the papers' Cityscapes crops.</summary>
    private static readonly int[] UsualSize = [512, 1024];

    /// <summary>[height, width] of a whole image with persons, as DEKR's authors have it.</summary>
    private static readonly int[] UsualSceneSize = [512, 512];

    /// <summary>[height, width] of a person, cut out, as the papers on pose have it.</summary>
    private static readonly int[] UsualPoseSize = [256, 192];

    private const int Channels = 3;

    public required Network Network { get; init; }

    public required ModelConfig Config { get; init; }

    /// <summary>What a model file says beside its config; null for a config.</summary>
    public ModelDescription? Description { get; init; }

    /// <summary>The whole config; null for a model file.</summary>
    public RunConfig? Run { get; init; }

    /// <summary>[height, width] that the network is meant for; null for a bare block, of which nobody can say.</summary>
    public int[]? InputSize { get; init; }

    /// <summary>Builds the network; from a config with random weights.</summary>
    /// <param name="name">A path, or a name such as <c>seg_hrnet_w18s</c>.</param>
    /// <param name="overrides">Changes to the config, <c>key=value</c>.</param>
    /// <param name="seed">Of the random weights.</param>
    /// <exception cref="InputException">There is no such config or file, it is faulty, or a model file was to be changed.</exception>
    public static NetworkSource Load(string name, IReadOnlyList<string> overrides, long seed = 0)
    {
        if (ModelFile.IsModelFile(name))
        {
            if (overrides.Count > 0)
                throw new InputException($"'{name}' is a trained model, whose config is fixed: leave --set out, or give the config that you want to change.");
            var (network, description) = ModelFile.Load(name);
            return new() { Network = network, Config = description.Model, Description = description, InputSize = description.InputSize };
        }
        var config = ConfigReader.Read<RunConfig>(name, overrides);
        manual_seed(seed);
        return new()
        {
            Network = NetworkFactory.Create(config.Model),
            Config = config.Model,
            Run = config,
            InputSize = config.Model switch
            {
                BlockModelConfig => null,
                ClassificationConfig classification => classification.InputSize,
                PoseConfig { Head: SimccHeadConfig simcc } => simcc.InputSize,
                PoseConfig => config.Data?.TrainingSize ?? UsualPoseSize,
                BottomUpPoseConfig => (config.Data as PoseDataConfig)?.Scenes?.Size ?? UsualSceneSize,
                _ => config.Data?.TrainingSize ?? UsualSize,
            },
        };
    }

    /// <summary>The shape of an input: the one given, with a batch of 1 put before it where it has none, else three channels of <see cref="InputSize"/>.</summary>
    /// <param name="shape">C x H x W or N x C x H x W (a bare block may have fewer or more extents); null for the usual one.</param>
    /// <exception cref="InputException">Nothing was given and nothing is usual, or a network is given something else than images.</exception>
    public long[] InputShape(IReadOnlyList<long>? shape)
    {
        var dimensions = Config is BlockModelConfig model ? model.Block.InputDimensions : 4;
        if (shape is not null)
        {
            long[] whole = shape.Count < dimensions ? [1, .. shape] : [.. shape];
            return Config is BlockModelConfig || whole is [_, Channels, _, _]
                ? whole
                : throw new InputException($"The input {string.Join('x', shape)} is no image of {Channels} channels; give --input CxHxW, such as 3x512x1024.");
        }
        return InputSize is [var height, var width]
            ? [1, Channels, height, width]
            : throw new InputException("A bare block has no usual input; give its shape with --input, such as --input 16x64x64.");
    }

    public void Dispose() => Network.Dispose();
}
