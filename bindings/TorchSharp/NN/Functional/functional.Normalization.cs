using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Batch normalisation over all dimensions but the second; updates the running statistics in training.</summary>
            /// <param name="running_mean">(C), or null.</param>
            /// <param name="running_var">(C), or null.</param>
            /// <param name="training">Whether to use the batch's statistics.</param>
            /// <param name="momentum">Weight of the batch in the running statistics.</param>
            /// <param name="eps">Added to the variance.</param>
            public static Tensor batch_norm(
                Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false,
                double momentum = 0.1, double eps = 1e-5) =>
                training && SyncBatchNorm.Group != 0 ? SyncBatchNorm.Normalize(input, running_mean, running_var, weight, bias, momentum, eps)
                : Aten.BatchNorm.Tensor(input, weight, bias, running_mean, running_var, training, momentum, eps, true);

            /// <summary>Layer normalisation over the last dimensions.</summary>
            public static Tensor layer_norm(
                Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                Aten.LayerNorm.Tensor(input, normalized_shape, weight, bias, eps);

            /// <summary>Normalisation of each sample over groups of channels. Shapes: (N, C, …), the same out.</summary>
            public static Tensor group_norm(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                Aten.GroupNorm.Tensor(input, num_groups, weight, bias, eps);

            /// <summary>input / max(‖input‖ₚ, eps) along a dimension.</summary>
            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1, double eps = 1e-12)
            {
                using var norm = Aten.VectorNorm.Tensor(input, p, (long[])[dim], true);
                using var bounded = Aten.ClampMin.Tensor(norm, eps);
                return Aten.Div.Tensor(input, bounded);
            }

            private static partial class Aten
            {
                internal static readonly Operator BatchNorm = new("aten::batch_norm");
                internal static readonly Operator LayerNorm = new("aten::layer_norm");
                internal static readonly Operator GroupNorm = new("aten::group_norm");
                internal static readonly Operator VectorNorm = new("aten::linalg_vector_norm");
                internal static readonly Operator ClampMin = new("aten::clamp_min");
                internal static readonly Operator Div = new("aten::div", "Tensor");
            }
        }
    }
}
