using Seg.Train.Losses;

namespace Seg.Train.Loading;

/// <summary>Which memory the samples of a batch need: normalised images, and <see cref="TrainingTargets"/>.</summary>
/// <param name="Height">Of the images, in pixels.</param>
/// <param name="Width">Of the images, in pixels.</param>
/// <param name="Main"><see cref="TrainingTargets.Main"/>.</param>
/// <param name="Weights"><see cref="TrainingTargets.Weights"/>; null where there are none.</param>
internal sealed record BatchLayout(int Height, int Width, TensorLayout Main, TensorLayout? Weights = null)
{
    /// <summary><see cref="TrainingTargets.Further"/>.</summary>
    public IReadOnlyList<TensorLayout> Further { get; init; } = [];
}
