using Seg.Models.Runtime;
using static TorchSharp.torch;

namespace Seg.Train.Losses;

/// <summary>
/// Cross-entropy, with label smoothing or as the focal loss (Lin et al., "Focal Loss for Dense Object Detection", arXiv:1708.02002) where asked for:
/// one fused operator that never writes the large logits.
/// </summary>
/// <remarks>
/// With p the probability of a pixel's class y and w its class's weight: Σ w · (1 − p)^γ · −ln p / Σ w. The focal loss of objects is divided by the number of
/// objects; here all pixels are.
/// </remarks>
/// <param name="classWeights">What a pixel of each class counts; null: all the same.</param>
/// <param name="ignoreIndex">Label of pixels that do not count.</param>
/// <param name="device">Where outputs and labels will lie.</param>
/// <param name="labelSmoothing">Share of the target that is spread over all classes; 0 for none.</param>
/// <param name="gamma">γ of the focal loss; 0 for plain cross-entropy.</param>
public sealed class CrossEntropyLoss(
    IReadOnlyList<double>? classWeights, byte ignoreIndex, Device device, double labelSmoothing = 0, double gamma = 0)
    : WeightedLossTerm(classWeights, ignoreIndex, device)
{
    public override Tensor Of(Tensor logits, Tensor labels, bool alignCorners) =>
        TorchRuntime.Current.UpsampledCrossEntropy(logits, labels, ClassWeights, IgnoreIndex, alignCorners, labelSmoothing, gamma);
}
