using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Fills a tensor in place, outside autograd, and returns it. Random values come from torch's own generator, as
        /// PyTorch's do.</summary>
        public static class init
        {
            /// <summary>What follows the layer; it decides the gain.</summary>
            public enum NonlinearityType
            {
                Linear = 0,
                Conv1D = 1,
                Conv2D = 2,
                Conv3D = 3,
                ConvTranspose1D = 4,
                ConvTranspose2D = 5,
                ConvTranspose3D = 6,
                Sigmoid = 7,
                Tanh = 8,
                ReLU = 9,
                LeakyReLU = 10,
            }

            /// <summary>Whether the variance is kept forwards (fan in) or backwards (fan out).</summary>
            public enum FanInOut
            {
                FanIn = 0,
                FanOut = 1,
            }

            private static readonly Operator Uniform = new("aten::uniform_"), Normal = new("aten::normal_");
            private static readonly Operator Fill = new("aten::fill_", "Scalar"), Clamp = new("aten::clamp_");
            private static readonly Operator InverseErrorFunction = new("aten::erfinv_"), Multiply = new("aten::mul_", "Scalar");
            private static readonly Operator Add = new("aten::add_", "Scalar");

            public static Tensor zeros_(Tensor tensor) => Apply(tensor, Fill, 0.0);

            public static Tensor ones_(Tensor tensor) => Apply(tensor, Fill, 1.0);

            public static Tensor constant_(Tensor tensor, Scalar val) => Apply(tensor, Fill, val);

            /// <summary>Uniform in [low, high).</summary>
            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null) =>
                Apply(tensor, Uniform, low, high, generator);

            /// <summary>Normally distributed.</summary>
            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null) =>
                Apply(tensor, Normal, mean, std, generator);

            /// <summary>Normally distributed, without what lies outside [a, b].</summary>
            public static Tensor trunc_normal_(
                Tensor tensor, double mean = 0.0, double std = 1.0, double a = -2.0, double b = 2.0, Generator? generator = null)
            {
                // The inverse of the distribution function at uniformly distributed places between those of a and b.
                double low = NormalDistribution.Cumulative((a - mean) / std), high = NormalDistribution.Cumulative((b - mean) / std);
                Apply(tensor, Uniform, 2 * low - 1, 2 * high - 1, generator);
                Apply(tensor, InverseErrorFunction);
                Apply(tensor, Multiply, std * Math.Sqrt(2));
                Apply(tensor, Add, mean);
                return Apply(tensor, Clamp, a, b);
            }

            /// <summary>He et al., arXiv:1502.01852: uniform with bound gain · √(3 / fan).</summary>
            /// <param name="a">Negative slope of a leaky ReLU.</param>
            public static Tensor kaiming_uniform_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                double bound = Math.Sqrt(3) * KaimingDeviation(tensor, a, mode, nonlinearity);
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>He et al., arXiv:1502.01852: normal with deviation gain / √fan.</summary>
            /// <param name="a">Negative slope of a leaky ReLU.</param>
            public static Tensor kaiming_normal_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, 0, KaimingDeviation(tensor, a, mode, nonlinearity));

            /// <summary>Glorot and Bengio, 2010: uniform with bound gain · √(6 / (fan in + fan out)).</summary>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0)
            {
                double bound = Math.Sqrt(3) * XavierDeviation(tensor, gain);
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Glorot and Bengio, 2010: normal with deviation gain · √(2 / (fan in + fan out)).</summary>
            public static Tensor xavier_normal_(Tensor tensor, double gain = 1.0) => normal_(tensor, 0, XavierDeviation(tensor, gain));

            /// <summary>Factor that keeps the variance through a nonlinearity.</summary>
            /// <param name="param">Negative slope of a leaky ReLU.</param>
            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0.0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3.0,
                NonlinearityType.ReLU => Math.Sqrt(2),
                NonlinearityType.LeakyReLU => Math.Sqrt(2 / (1 + param * param)),
                _ => 1.0,
            };

            /// <summary>Inputs of an output element, and outputs of an input element. Shapes: (out, in, window…).</summary>
            /// <exception cref="ArgumentException">The tensor has fewer than two dimensions.</exception>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                long[] shape = tensor.shape;
                if (shape.Length < 2)
                    throw new ArgumentException(
                        "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions", nameof(tensor));
                long window = shape[2..].Aggregate(1L, (product, extent) => product * extent);
                return (shape[1] * window, shape[0] * window);
            }

            private static double KaimingDeviation(Tensor tensor, double a, FanInOut mode, NonlinearityType nonlinearity)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return calculate_gain(nonlinearity, a) / Math.Sqrt(mode == FanInOut.FanIn ? fanIn : fanOut);
            }

            private static double XavierDeviation(Tensor tensor, double gain)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return gain * Math.Sqrt(2.0 / (fanIn + fanOut));
            }

            private static Tensor Apply(Tensor tensor, Operator fill, params ReadOnlySpan<Value> arguments)
            {
                using var withoutGradient = no_grad();
                fill.Invoke([tensor, .. arguments]);
                return tensor;
            }
        }
    }
}
