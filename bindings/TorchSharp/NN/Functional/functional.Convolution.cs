using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Convolution over one dimension. Shapes: (N, in, L), weight (out, in / groups, K) → (N, out, L').</summary>
            public static Tensor conv1d(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? dilation = null,
                long groups = 1) =>
                Aten.Conv1d.Tensor(input, weight, bias, (long[])[stride ?? 1], (long[])[padding ?? 0], (long[])[dilation ?? 1], groups);

            /// <summary>The same with the padding by name.</summary>
            public static Tensor conv1d_padding(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, Padding padding = Padding.Valid,
                long? dilation = null, long groups = 1) =>
                Aten.Conv1dPadding.Tensor(input, weight, bias, (long[])[stride ?? 1], NameOf(padding), (long[])[dilation ?? 1], groups);

            /// <summary>Convolution over two dimensions. Shapes: (N, in, H, W), weight (out, in / groups, K…) → (N, out, H', W').</summary>
            public static Tensor conv2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                long groups = 1) =>
                Aten.Conv2d.Tensor(input, weight, bias, strides ?? [1, 1], padding ?? [0, 0], dilation ?? [1, 1], groups);

            /// <summary>The same with the padding by name.</summary>
            public static Tensor conv2d_padding(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, Padding padding = Padding.Valid,
                long[]? dilation = null, long groups = 1) =>
                Aten.Conv2dPadding.Tensor(input, weight, bias, strides ?? [1, 1], NameOf(padding), dilation ?? [1, 1], groups);

            /// <summary>Convolution over three dimensions. Shapes: (N, in, D, H, W), weight (out, in / groups, K…) → (N, out, D', H',
            /// W').</summary>
            public static Tensor conv3d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                long groups = 1) =>
                Aten.Conv3d.Tensor(input, weight, bias, strides ?? [1, 1, 1], padding ?? [0, 0, 0], dilation ?? [1, 1, 1], groups);

            /// <summary>The same with the padding by name.</summary>
            public static Tensor conv3d_padding(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, Padding padding = Padding.Valid,
                long[]? dilation = null, long groups = 1) =>
                Aten.Conv3dPadding.Tensor(input, weight, bias, strides ?? [1, 1, 1], NameOf(padding), dilation ?? [1, 1, 1], groups);

            /// <summary>Transposed convolution over two dimensions. Shapes: (N, in, H, W), weight (in, out / groups, K, K) → (N, out, H',
            /// W').</summary>
            public static Tensor conv_transpose2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null,
                long[]? output_padding = null, long[]? dilation = null, long groups = 1) =>
                Aten.ConvTranspose2d.Tensor(
                    input, weight, bias, strides ?? [1, 1], padding ?? [0, 0], output_padding ?? [0, 0], groups, dilation ?? [1, 1]);

            /// <summary>input · weightsᵀ + bias. Shapes: (…, in), weights (out, in) → (…, out).</summary>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Aten.Linear.Tensor(input, weights, bias);

            private static string NameOf(Padding padding) => padding == Padding.Same ? "same" : "valid";

            private static partial class Aten
            {
                internal static readonly Operator Conv1d = new("aten::conv1d"), Conv1dPadding = new("aten::conv1d", "padding");
                internal static readonly Operator Conv2d = new("aten::conv2d"), Conv2dPadding = new("aten::conv2d", "padding");
                internal static readonly Operator Conv3d = new("aten::conv3d"), Conv3dPadding = new("aten::conv3d", "padding");
                internal static readonly Operator ConvTranspose2d = new("aten::conv_transpose2d", "input");
                internal static readonly Operator Linear = new("aten::linear");
            }
        }
    }
}
