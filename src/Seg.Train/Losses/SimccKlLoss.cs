using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Train.Losses;

/// <summary>How far the bins' probabilities are from those of the targets (Kullback and Leibler), for columns and for rows.</summary>
/// <remarks>
/// Li et al., "SimCC", arXiv:2107.03332, and Jiang et al., "RTMPose", arXiv:2303.07399; KLDiscretLoss in SimCC's code and in mmpose. With p
/// the softmax of β · outputs and t the targets, or the softmax of β' · targets: the mean over an axis's bins of t (ln t − ln p), times the
/// keypoint's weight, added up over both axes. The mean over keypoints is SimCC's, the one over persons, too; mmpose adds persons up, which
/// a <c>weight</c> of the batch size gives.
/// </remarks>
/// <param name="columns">Bins of the columns, which stand first; the others are of the rows.</param>
/// <param name="beta">β.</param>
/// <param name="labelBeta">β'; null where targets are probabilities themselves.</param>
public sealed class SimccKlLoss(int columns, double beta, double? labelBeta) : KeypointLossTerm
{
    public override Tensor Of(Tensor output, Tensor targets, Tensor weights)
    {
        using var scope = NewDisposeScope();
        var values = output.to_type(ScalarType.Float32);                          // (N, K, bins)
        var rows = values.shape[2] - columns;
        return (OfAxis(0, columns) + OfAxis(columns, rows)).MoveToOuterDisposeScope();

        Tensor OfAxis(long first, long count)
        {
            var logarithm = nn.functional.log_softmax(values.narrow(2, first, count) * beta, 2);
            var wanted = targets.narrow(2, first, count);
            if (labelBeta is { } temperature)
                wanted = (wanted * temperature).softmax(2);
            var divergence = (wanted.xlogy(wanted) - wanted * logarithm).mean([2]);   // (N, K)
            return (divergence * weights).mean();
        }
    }
}
