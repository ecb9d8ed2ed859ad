using TorchSharp.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>max(x, 0).</summary>
            public static Tensor relu(Tensor x, bool inplace = false) => Activated(x, inplace, Aten.Relu, Aten.ReluInPlace);

            /// <summary>min(max(x, 0), 6).</summary>
            public static Tensor relu6(Tensor x, bool inplace = false) => Activated(x, inplace, Aten.Relu6, Aten.Relu6InPlace);

            /// <summary>x · sigmoid(x).</summary>
            public static Tensor silu(Tensor x, bool inplace = false) => Activated(x, inplace, Aten.Silu, Aten.SiluInPlace);

            /// <summary>tanh(x).</summary>
            public static Tensor tanh(Tensor x, bool inplace = false) => Activated(x, inplace, Aten.Tanh, Aten.TanhInPlace);

            /// <summary>1 / (1 + exp(-x)).</summary>
            public static Tensor sigmoid(Tensor x) => Aten.Sigmoid.Tensor(x);

            /// <inheritdoc cref="sigmoid(Tensor)"/>
            public static Tensor sigmoid(Tensor x, bool inplace) => Activated(x, inplace, Aten.Sigmoid, Aten.SigmoidInPlace);

            /// <summary>x · min(max(x + 3, 0), 6) / 6.</summary>
            public static Tensor hardswish(Tensor input, bool inplace = false) =>
                Activated(input, inplace, Aten.Hardswish, Aten.HardswishInPlace);

            /// <summary>The input where positive, else input · negative_slope.</summary>
            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                inplace ? Aten.LeakyReluInPlace.Tensor(input, negative_slope) : Aten.LeakyRelu.Tensor(input, negative_slope);

            /// <summary>x · Φ(x), Φ the normal distribution's cumulative function.</summary>
            public static Tensor gelu(Tensor x) => gelu(x, false);

            /// <inheritdoc cref="gelu(Tensor)"/>
            public static Tensor gelu(Tensor x, bool inplace) => gelu(x, Modules.GELU.Approximate.none, inplace);

            /// <inheritdoc cref="gelu(Tensor)"/>
            /// <param name="approximate">Whether Φ is exact or made of tanh.</param>
            public static Tensor gelu(Tensor x, GELU.Approximate approximate, bool inplace = false)
            {
                string approximation = approximate == Modules.GELU.Approximate.tanh ? "tanh" : "none";
                return (inplace ? Aten.GeluInPlace : Aten.Gelu).Tensor(x, approximation);
            }

            /// <summary>exp(input) over its sum along a dimension.</summary>
            /// <param name="dtype">What the input is converted to first; null leaves it.</param>
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => Aten.Softmax.Tensor(input, dim, dtype);

            /// <summary>Softmax over the channels. Shapes: (N, C, H, W) or (C, H, W), the same out.</summary>
            public static Tensor softmax2d(Tensor x) => softmax(x, -3);

            /// <summary>The logarithm of softmax along a dimension.</summary>
            public static Tensor log_softmax(Tensor x, long dim) => Aten.LogSoftmax.Tensor(x, dim);

            // In place, too, the caller gets a tensor object of his own.
            private static Tensor Activated(Tensor x, bool inplace, Operator function, Operator inPlaceFunction) =>
                (inplace ? inPlaceFunction : function).Tensor(x);

            private static partial class Aten
            {
                internal static readonly Operator Relu = new("aten::relu"), ReluInPlace = new("aten::relu_");
                internal static readonly Operator Relu6 = new("aten::relu6"), Relu6InPlace = new("aten::relu6_");
                internal static readonly Operator Silu = new("aten::silu"), SiluInPlace = new("aten::silu_");
                internal static readonly Operator Tanh = new("aten::tanh"), TanhInPlace = new("aten::tanh_");
                internal static readonly Operator Sigmoid = new("aten::sigmoid"), SigmoidInPlace = new("aten::sigmoid_");
                internal static readonly Operator Hardswish = new("aten::hardswish"), HardswishInPlace = new("aten::hardswish_");
                internal static readonly Operator LeakyRelu = new("aten::leaky_relu"), LeakyReluInPlace = new("aten::leaky_relu_");
                internal static readonly Operator Gelu = new("aten::gelu"), GeluInPlace = new("aten::gelu_");
                internal static readonly Operator Softmax = new("aten::softmax", "int"), LogSoftmax = new("aten::log_softmax", "int");
            }
        }
    }
}
