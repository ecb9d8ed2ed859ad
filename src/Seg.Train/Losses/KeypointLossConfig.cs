using Seg.Models.Configuration;

namespace Seg.Train.Losses;

/// <summary>A loss of keypoints, for pose.</summary>
public abstract record KeypointLossConfig : LossConfig
{
    /// <summary>Whether the loss is of heatmaps, rather than of the bins of the codec <c>simcc</c>.</summary>
    private protected virtual bool IsOfMaps => true;

    public override string? Misfit(ModelConfig model) => model switch
    {
        not PoseConfig => $"is {Name}, which is for model.type: pose",
        PoseConfig { Codec: SimccCodecConfig } when IsOfMaps => $"is {Name}, which is for heatmaps; with model.codec.name: simcc take kl",
        PoseConfig { Codec: not SimccCodecConfig } when !IsOfMaps =>
            $"is {Name}, which is for model.codec.name: simcc; for heatmaps take keypoint_mse",
        _ => null,
    };
}
