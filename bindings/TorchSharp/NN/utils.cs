using TorchSharp.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Bounds for gradients.</summary>
        public static partial class utils
        {
            private static readonly Operator Stack = new("aten::stack"), VectorNorm = new("aten::linalg_vector_norm");
            private static readonly Operator Clamp = new("aten::clamp_");

            /// <summary>Scales all gradients by one factor where the norm over all of them is above <paramref name="max_norm"/>.</summary>
            /// <returns>The norm before.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var withoutGradient = no_grad();
                using var scope = NewDisposeScope();
                Tensor[] gradients = [.. tensors.Select(parameter => parameter.grad).OfType<Tensor>()];
                if (gradients.Length == 0)
                    return 0;
                var norms = Stack.Tensor(Foreach.Norm(gradients, norm_type));
                double norm = VectorNorm.Tensor(norms, norm_type).to(ScalarType.Float64).item<double>();
                double factor = max_norm / (norm + 1e-6); // PyTorch's constant: no division by zero
                if (factor < 1)
                    Foreach.Multiply(gradients, factor);
                return norm;
            }

            /// <summary>Brings every element of the gradients into ± <paramref name="clip_value"/>.</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var withoutGradient = no_grad();
                foreach (var parameter in tensors)
                {
                    using var gradient = parameter.grad;
                    if (gradient is not null)
                        Clamp.Invoke(gradient, -clip_value, clip_value);
                }
            }
        }
    }
}
