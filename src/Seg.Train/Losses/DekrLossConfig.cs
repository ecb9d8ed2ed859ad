using Seg.Models.Configuration;

namespace Seg.Train.Losses;

/// <summary><c>dekr</c>: the loss of a bottom-up network's heatmaps and offsets; <c>train.output_weights</c> says what each counts. See <see cref="DekrLoss"/>.</summary>
public sealed record DekrLossConfig : LossConfig
{
    public override string? Misfit(ModelConfig model) => model is BottomUpPoseConfig ? null : $"is {Name}, which is for model.type: bottom_up_pose";
}
