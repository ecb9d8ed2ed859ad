using Seg.Models.Networks;
using Seg.Models.Runtime;
using static TorchSharp.torch;

namespace Seg.Train.Losses;

/// <summary>
/// Cross-entropy of a segmentation network's outputs, each brought to the labels' size, added up by the network's output weights.
/// </summary>
public sealed class SegmentationLoss : IDisposable
{
    private readonly Network network;
    private readonly Tensor? classWeights;
    private readonly byte ignoreIndex;

    /// <param name="network">Says what each output counts and whether corners are aligned.</param>
    /// <param name="classWeights">What a pixel of each class counts; null: all the same.</param>
    /// <param name="ignoreIndex">Label of pixels that do not count.</param>
    /// <param name="device">Where outputs and labels will lie.</param>
    public SegmentationLoss(Network network, IReadOnlyList<double>? classWeights, byte ignoreIndex, Device device)
    {
        (this.network, this.ignoreIndex) = (network, ignoreIndex);
        if (classWeights is not null)
        {
            using var values = tensor(classWeights.Select(weight => (float)weight).ToArray());
            this.classWeights = values.to(device).alias().DetachFromDisposeScope();
        }
    }

    /// <summary>The loss of a batch.</summary>
    /// <param name="outputs">Of the network: (N, classes, h, w) each.</param>
    /// <param name="labels">uint8 (N, H, W).</param>
    /// <returns>A float32 scalar; not a number where no pixel counts.</returns>
    public Tensor Of(IReadOnlyList<Tensor> outputs, Tensor labels)
    {
        using var scope = NewDisposeScope();
        Tensor? sum = null;
        for (var index = 0; index < outputs.Count; index++)
        {
            var part = TorchRuntime.Current.UpsampledCrossEntropy(outputs[index], labels, classWeights, ignoreIndex, network.AlignCorners);
            var weighted = network.OutputWeights[index] == 1 ? part : part * network.OutputWeights[index];
            sum = sum is null ? weighted : sum + weighted;
        }
        return sum!.MoveToOuterDisposeScope();
    }

    /// <summary>Whether any pixel of these labels counts in the loss.</summary>
    public bool Counts(Tensor labels)
    {
        using var scope = NewDisposeScope();
        var kept = labels.masked_select(labels.ne(ignoreIndex));
        if (kept.numel() == 0)
            return false;
        return classWeights is null || classWeights.index_select(0, kept.to(ScalarType.Int64)).sum().item<float>() > 0;
    }

    public void Dispose() => classWeights?.Dispose();
}
