using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>The largest element of each window. Shapes: (N, C, L) → (N, C, L').</summary>
            public static Tensor max_pool1d(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                Aten.MaxPool1d.Tensor(
                    input, (long[])[kernel_size], (long[])[stride ?? kernel_size], (long[])[padding ?? 0], (long[])[dilation ?? 1],
                    ceil_mode);

            /// <summary>The same, and the place of each in its row.</summary>
            public static (Tensor output, Tensor indices) max_pool1d_with_indices(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                Two(Aten.MaxPool1dWithIndices.Tensors(
                    input, (long[])[kernel_size], (long[])[stride ?? kernel_size], (long[])[padding ?? 0], (long[])[dilation ?? 1],
                    ceil_mode));

            /// <summary>The largest element of each window. Shapes: (N, C, H, W) → (N, C, H', W').</summary>
            public static Tensor max_pool2d(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                bool ceil_mode = false) =>
                Aten.MaxPool2d.Tensor(input, kernel_size, strides ?? kernel_size, padding ?? [0, 0], dilation ?? [1, 1], ceil_mode);

            /// <inheritdoc cref="max_pool2d(Tensor, long[], long[], long[], long[], bool)"/>
            public static Tensor max_pool2d(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                max_pool2d(input, Square(kernel_size), Square(stride), Square(padding), Square(dilation), ceil_mode);

            /// <inheritdoc cref="max_pool2d(Tensor, long[], long[], long[], long[], bool)"/>
            public static Tensor max_pool2d(
                Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? dilation = null, bool ceil_mode = false) =>
                max_pool2d(input, Pair(kernel_size), Pair(stride), Pair(padding), Pair(dilation), ceil_mode);

            /// <summary>The same, and the place of each in its plane.</summary>
            public static (Tensor output, Tensor indices) max_pool2d_with_indices(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                bool ceil_mode = false) =>
                Two(Aten.MaxPool2dWithIndices.Tensors(
                    input, kernel_size, strides ?? kernel_size, padding ?? [0, 0], dilation ?? [1, 1], ceil_mode));

            /// <summary>The largest element of each window. Shapes: (N, C, D, H, W) → (N, C, D', H', W').</summary>
            public static Tensor max_pool3d(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                bool ceil_mode = false) =>
                Aten.MaxPool3d.Tensor(input, kernel_size, strides ?? kernel_size, padding ?? [0, 0, 0], dilation ?? [1, 1, 1], ceil_mode);

            /// <summary>The same, and the place of each in its volume.</summary>
            public static (Tensor output, Tensor indices) max_pool3d_with_indices(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                bool ceil_mode = false) =>
                Two(Aten.MaxPool3dWithIndices.Tensors(
                    input, kernel_size, strides ?? kernel_size, padding ?? [0, 0, 0], dilation ?? [1, 1, 1], ceil_mode));

            private static (Tensor, Tensor) Two(Tensor[] tensors) => (tensors[0], tensors[1]);

            private static long[] Square(long extent) => [extent, extent];

            private static long[]? Square(long? extent) => extent is { } given ? Square(given) : null;

            private static long[] Pair((long, long) extents) => [extents.Item1, extents.Item2];

            private static long[]? Pair((long, long)? extents) => extents is { } given ? Pair(given) : null;

            private static partial class Aten
            {
                internal static readonly Operator MaxPool1d = new("aten::max_pool1d");
                internal static readonly Operator MaxPool1dWithIndices = new("aten::max_pool1d_with_indices");
                internal static readonly Operator MaxPool2d = new("aten::max_pool2d");
                internal static readonly Operator MaxPool2dWithIndices = new("aten::max_pool2d_with_indices");
                internal static readonly Operator MaxPool3d = new("aten::max_pool3d");
                internal static readonly Operator MaxPool3dWithIndices = new("aten::max_pool3d_with_indices");
            }
        }
    }
}
