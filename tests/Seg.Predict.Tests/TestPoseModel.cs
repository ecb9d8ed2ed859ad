using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Runtime;
using Seg.Models.Weights;
using Seg.Predict.Pose;

namespace Seg.Predict.Tests;

/// <summary>A very small pose network with random weights: what it finds is no person, but depends on every pixel that it sees.</summary>
internal static class TestPoseModel
{
    public static PredictorOptions Exact { get; } = new() { Precision = Precision.Fp32 };

    public static PoseDescription Description { get; } = Describe(new HeatmapCodecConfig());

    public static PoseDescription Describe(CodecConfig codec) => new()
    {
        Model = new PoseConfig
        {
            NumClasses = TestPersons.Coco.Count,
            Backbone = new HRNetConfig { Width = 4, BottleneckChannels = 4, BlocksPerStage = [1, 1, 1, 1], ModulesPerStage = [1, 1, 1] },
            Codec = codec,
        },
        Keypoints = TestPersons.Coco,
        InputSize = [64, 48],
    };

    /// <summary>The same weights each time.</summary>
    public static Network Create(PoseDescription? description = null) => TestModel.Create((description ?? Description).Model);

    public static PosePredictor CreatePredictor(PredictorOptions? options = null, PoseDescription? description = null)
    {
        using var network = Create(description);
        return new PosePredictor(network, description ?? Description, options ?? Exact);
    }

    /// <summary>Writes the model file and returns its path.</summary>
    public static string Save(TestFolder folder)
    {
        using var network = Create();
        ModelFile.Save(folder["pose.safetensors"], network, Description);
        return folder["pose.safetensors"];
    }

    /// <summary>As <see cref="Save"/>, of a network that finds persons by itself.</summary>
    /// <param name="placements">Blocks that stand in its backbone.</param>
    public static string SaveBottomUp(TestFolder folder, params HRNetPlacementConfig[] placements)
    {
        var description = Description with
        {
            Model = new BottomUpPoseConfig
            {
                NumClasses = TestPersons.Coco.Count,
                Backbone = new HRNetConfig
                {
                    Width = 4,
                    BottleneckChannels = 4,
                    BlocksPerStage = [1, 1, 1, 1],
                    ModulesPerStage = [1, 1, 1],
                    Placements = placements,
                },
                Head = new DekrHeadConfig { HeatmapChannels = 4, ChannelsPerKeypoint = 2, OffsetBlocks = 1 },
            },
            InputSize = [64, 64],
        };
        using var network = Create(description);
        ModelFile.Save(folder["bottom_up.safetensors"], network, description);
        return folder["bottom_up.safetensors"];
    }
}
