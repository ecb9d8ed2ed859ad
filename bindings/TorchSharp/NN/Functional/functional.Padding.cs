using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Adds a border.</summary>
            /// <param name="pad">Elements before and after, the last dimension first: (left, right, top, bottom, …); negative ones cut
            /// off.</param>
            /// <param name="value">What a constant border is made of.</param>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) => mode switch
            {
                PaddingModes.Constant => Aten.Pad.Tensor(input, pad, "constant", value),
                PaddingModes.Zeros => Aten.Pad.Tensor(input, pad, "constant", 0.0),
                PaddingModes.Reflect => Aten.Pad.Tensor(input, pad, "reflect"),
                PaddingModes.Replicate => Aten.Pad.Tensor(input, pad, "replicate"),
                PaddingModes.Circular => Aten.Pad.Tensor(input, pad, "circular"),
                _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a padding mode."),
            };

            /// <inheritdoc cref="pad(Tensor, long[], PaddingModes, double)"/>
            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, pad.ToArray(), mode, value);

            /// <inheritdoc cref="pad(Tensor, long[], PaddingModes, double)"/>
            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2], mode, value);

            /// <inheritdoc cref="pad(Tensor, long[], PaddingModes, double)"/>
            public static Tensor pad(
                Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            /// <inheritdoc cref="pad(Tensor, long[], PaddingModes, double)"/>
            /// <summary>Adds a border on every side of every dimension, batch and channels too.</summary>
            public static Tensor pad(Tensor input, long pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [.. Enumerable.Repeat(pad, 2 * (int)input.ndim)], mode, value);

            /// <summary>Zeroes each element with probability p and divides the others by 1 - p.</summary>
            /// <param name="training">Whether to do so at all.</param>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                (inplace ? Aten.DropoutInPlace : Aten.Dropout).Tensor(input, p, training);

            /// <summary>Zeroes each channel with probability p and divides the others by 1 - p. Shapes: (N, C, H, W), the same
            /// out.</summary>
            /// <param name="training">Whether to do so at all.</param>
            public static Tensor dropout2d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                (inplace ? Aten.FeatureDropoutInPlace : Aten.FeatureDropout).Tensor(input, p, training);

            /// <summary>Ones at the classes' places. Shapes: int64 (…) → int64 (…, num_classes).</summary>
            /// <param name="num_classes">-1 for the largest class found, plus one.</param>
            /// <exception cref="ArgumentException">The input is not int64.</exception>
            public static Tensor one_hot(Tensor x, long num_classes = -1) => x.dtype == ScalarType.Int64
                ? Aten.OneHot.Tensor(x, num_classes)
                : throw new ArgumentException("OneHot input tensor must have elements of type Int64", nameof(x));

            private static partial class Aten
            {
                internal static readonly Operator Pad = new("aten::pad");
                internal static readonly Operator Dropout = new("aten::dropout"), DropoutInPlace = new("aten::dropout_");
                internal static readonly Operator FeatureDropout = new("aten::feature_dropout");
                internal static readonly Operator FeatureDropoutInPlace = new("aten::feature_dropout_");
                internal static readonly Operator OneHot = new("aten::one_hot");
            }
        }
    }
}
