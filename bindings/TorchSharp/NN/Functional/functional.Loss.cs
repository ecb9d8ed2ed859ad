using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Softmax and negative log-likelihood. Shapes: logits (N, C, …), class indices (N, …) or probabilities (N, C, …) →
            /// scalar, or (N, …) unreduced.</summary>
            /// <param name="weight">(C), or null. The mean is over the weights of the targets.</param>
            /// <param name="ignore_index">Targets of this class do not count.</param>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean,
                double label_smoothing = 0.0) =>
                Aten.CrossEntropyLoss.Tensor(input, target, weight, (long)reduction, ignore_index, label_smoothing);

            /// <summary>Negative log-likelihood. Shapes: log-probabilities (N, C, …), class indices (N, …) → scalar, or (N, …)
            /// unreduced.</summary>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Aten.NllLoss.Tensor(input, target, weight, (long)reduction);

            /// <summary>Sigmoid and binary cross-entropy. Shapes: logits and probabilities (…) → scalar, or (…) unreduced.</summary>
            /// <param name="weight">What each loss is multiplied by, or null.</param>
            /// <param name="pos_weights">Weights of the positive examples, or null.</param>
            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                Aten.BinaryCrossEntropyWithLogits.Tensor(input, target, weight, pos_weights, (long)reduction);

            /// <summary>(input - target)².</summary>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Aten.MseLoss.Tensor(input, target, (long)reduction);

            /// <summary>|input - target|.</summary>
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Aten.L1Loss.Tensor(input, target, (long)reduction);

            /// <summary>|d| - β/2 of the difference d, below β d² / 2β.</summary>
            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1.0) =>
                Aten.SmoothL1Loss.Tensor(input, target, (long)reduction, beta);

            /// <summary>Kullback-Leibler divergence of log-probabilities from a target; the mean is over all elements.</summary>
            /// <param name="log_target">Whether the target is of log-probabilities too.</param>
            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean) =>
                Aten.KlDiv.Tensor(input, target, (long)reduction, log_target);

            private static partial class Aten
            {
                internal static readonly Operator CrossEntropyLoss = new("aten::cross_entropy_loss");
                internal static readonly Operator NllLoss = new("aten::nll_loss_nd");
                internal static readonly Operator BinaryCrossEntropyWithLogits = new("aten::binary_cross_entropy_with_logits");
                internal static readonly Operator MseLoss = new("aten::mse_loss");
                internal static readonly Operator L1Loss = new("aten::l1_loss");
                internal static readonly Operator SmoothL1Loss = new("aten::smooth_l1_loss");
                internal static readonly Operator KlDiv = new("aten::kl_div");
            }
        }
    }
}
