using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Values of the input at the grid's points.</summary>
            /// <param name="input">(N, C, H, W) or (N, C, D, H, W).</param>
            /// <param name="grid">(N, H', W', 2), (x, y) in [-1, 1] from the first to the last; (N, D', H', W', 3) for volumes.</param>
            /// <param name="align_corners">Whether ±1 are the centres of the outermost elements rather than their edges; null for
            /// false.</param>
            public static Tensor grid_sample(
                Tensor input, Tensor grid, GridSampleMode mode = GridSampleMode.Bilinear,
                GridSamplePaddingMode padding_mode = GridSamplePaddingMode.Zeros, bool? align_corners = null)
            {
                long interpolation = mode == GridSampleMode.Nearest ? 1 : 0; // libtorch: 0 bilinear, 1 nearest
                long outside = padding_mode switch { GridSamplePaddingMode.Border => 1, GridSamplePaddingMode.Reflection => 2, _ => 0 };
                return Aten.GridSampler.Tensor(input, grid, interpolation, outside, align_corners ?? false);
            }

            /// <summary>The grid of an affine map, for <see cref="grid_sample"/>.</summary>
            /// <param name="theta">(N, 2, 3), or (N, 3, 4) for volumes.</param>
            /// <param name="size">Shape of the images sampled, (N, C, H, W) or (N, C, D, H, W).</param>
            public static Tensor affine_grid(Tensor theta, long[]? size = null, bool align_corners = false) =>
                Aten.AffineGridGenerator.Tensor(theta, size ?? [], align_corners);

            /// <summary>The windows as columns. Shapes: (N, C, H, W) → (N, C · window, number of windows).</summary>
            public static Tensor unfold(Tensor input, long kernel_size, long dilation = 1, long padding = 0, long stride = 1) =>
                Aten.Im2Col.Tensor(input, Square(kernel_size), Square(dilation), Square(padding), Square(stride));

            /// <inheritdoc cref="unfold(Tensor, long, long, long, long)"/>
            public static Tensor unfold(
                Tensor input, (long, long) kernel_size, (long, long)? dilation = null, (long, long)? padding = null,
                (long, long)? stride = null) =>
                Aten.Im2Col.Tensor(input, Pair(kernel_size), Pair(dilation ?? (1, 1)), Pair(padding ?? (0, 0)), Pair(stride ?? (1, 1)));

            /// <summary>The sum of windows given as columns. Shapes: (N, C · window, number of windows) → (N, C, output_size…).</summary>
            public static Tensor fold(
                Tensor input, long output_size, long kernel_size, long dilation = 1, long padding = 0, long stride = 1) =>
                Aten.Col2Im.Tensor(input, Square(output_size), Square(kernel_size), Square(dilation), Square(padding), Square(stride));

            /// <inheritdoc cref="fold(Tensor, long, long, long, long, long)"/>
            public static Tensor fold(
                Tensor input, (long, long) output_size, (long, long) kernel_size, (long, long)? dilation = null,
                (long, long)? padding = null, (long, long)? stride = null) =>
                Aten.Col2Im.Tensor(
                    input, Pair(output_size), Pair(kernel_size), Pair(dilation ?? (1, 1)), Pair(padding ?? (0, 0)), Pair(stride ?? (1, 1)));

            /// <summary>Moves channels into space. Shapes: (N, C · r², H, W) → (N, C, H · r, W · r).</summary>
            public static Tensor pixel_shuffle(Tensor input, long upscale_factor) => Aten.PixelShuffle.Tensor(input, upscale_factor);

            private static partial class Aten
            {
                internal static readonly Operator GridSampler = new("aten::grid_sampler");
                internal static readonly Operator AffineGridGenerator = new("aten::affine_grid_generator");
                internal static readonly Operator Im2Col = new("aten::im2col");
                internal static readonly Operator Col2Im = new("aten::col2im");
                internal static readonly Operator PixelShuffle = new("aten::pixel_shuffle");
            }
        }
    }
}
