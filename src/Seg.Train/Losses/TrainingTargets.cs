using static TorchSharp.torch;

namespace Seg.Train.Losses;

/// <summary>What a batch holds beside its images: what a network's outputs should have been. A loss says what it reads of it.</summary>
/// <param name="Main">
/// Segmentation: labels, uint8 (N, H, W). Pose: what the codec encodes, float32 (N, K, h, w) heatmaps or (N, K, bins) of coordinates.
/// </param>
/// <param name="Weights">What each keypoint counts, float32 (N, K), 0 for those that are not labelled; null where the targets say so themselves.</param>
public sealed record TrainingTargets(Tensor Main, Tensor? Weights = null) : IDisposable
{
    /// <summary>Of tasks that need more, such as a second scale, masks or the places of grouped keypoints: (N, …) each, in the order that the loss says.</summary>
    public IReadOnlyList<Tensor> Further { get; init; } = [];

    /// <summary>Samples: N.</summary>
    public int Count => (int)Main.shape[0];

    /// <summary>Main, weights where there are some, then the further ones.</summary>
    public IReadOnlyList<Tensor> All => [Main, .. Weights is null ? Array.Empty<Tensor>() : [Weights], .. Further];

    /// <summary>Targets of the same kinds, of these tensors, in the order of <see cref="All"/>.</summary>
    public TrainingTargets With(ReadOnlySpan<Tensor> tensors) =>
        new(tensors[0], Weights is null ? null : tensors[1]) { Further = tensors[(Weights is null ? 1 : 2)..].ToArray() };

    /// <summary>These targets on a device; tensors that are there already are the same ones.</summary>
    public TrainingTargets To(Device device) => Select(target => target.to(device));

    /// <summary>Those of the first samples, which share this memory.</summary>
    public TrainingTargets First(int count) => Select(target => target.narrow(0, 0, count));

    public void Dispose()
    {
        Main.Dispose();
        Weights?.Dispose();
        foreach (var target in Further)
            target.Dispose();
    }

    private TrainingTargets Select(Func<Tensor, Tensor> change) =>
        new(change(Main), Weights is null ? null : change(Weights)) { Further = [.. Further.Select(change)] };
}
