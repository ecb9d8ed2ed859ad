using Seg.Models.Configuration;

namespace Seg.Train.Losses;

/// <summary><c>ohkm</c>: of each person only the keypoints count that are found worst; see <see cref="KeypointOhkmLoss"/>.</summary>
public sealed record KeypointOhkmConfig : KeypointLossConfig
{
    /// <summary>
    /// Keypoints of a person that count; at least 1, at most as many as the model has. Default 8, the authors' for COCO's 17.
    /// </summary>
    public int TopK { get; init; } = 8;

    public override IEnumerable<ConfigFault> Faults()
    {
        foreach (var fault in base.Faults())
            yield return fault;
        if (TopK < 1)
            yield return new(nameof(TopK), $"is {TopK}; must be at least 1");
    }

    public override string? Misfit(ModelConfig model) =>
        base.Misfit(model) ?? (TopK > model.NumClasses ? $"has a top_k of {TopK}, but the model has {model.NumClasses} keypoints" : null);
}
