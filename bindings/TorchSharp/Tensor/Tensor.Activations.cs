namespace TorchSharp;

public static partial class torch
{
    // Activation functions.
    public partial class Tensor
    {
        public Tensor relu() => Aten.Relu.Tensor(this);

        public Tensor relu_() => Aten.ReluInPlace.InPlace(this);

        public Tensor relu6() => Aten.Relu6.Tensor(this);

        public Tensor relu6_() => Aten.Relu6InPlace.InPlace(this);

        public Tensor leaky_relu(Scalar negative_slope) => Aten.LeakyRelu.Tensor(this, negative_slope);

        public Tensor leaky_relu_(Scalar negative_slope) => Aten.LeakyReluInPlace.InPlace(this, negative_slope);

        public Tensor elu(double alpha = 1) => Aten.Elu.Tensor(this, alpha);

        public Tensor gelu() => Aten.Gelu.Tensor(this);

        public Tensor silu() => Aten.Silu.Tensor(this);

        public Tensor silu_() => Aten.SiluInPlace.InPlace(this);

        public Tensor hardsigmoid() => Aten.HardSigmoid.Tensor(this);

        public Tensor hardswish() => Aten.HardSwish.Tensor(this);

        public Tensor softplus(double beta = 1, double threshold = 20) => Aten.SoftPlus.Tensor(this, beta, threshold);

        /// <summary>log(sigmoid(x)), exact for large -x.</summary>
        public Tensor log_sigmoid() => Aten.LogSigmoid.Tensor(this);

        /// <summary>exp(x), scaled to sum 1 along a dimension.</summary>
        public Tensor softmax(long dim, ScalarType? dtype = null) => Aten.SoftMax.Tensor(this, dim, dtype);

        /// <summary>The logarithm of <see cref="softmax"/>.</summary>
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Aten.LogSoftMax.Tensor(this, dim, dtype);
    }
}
