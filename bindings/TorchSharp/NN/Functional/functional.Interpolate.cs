using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Changes the extents of the spatial dimensions.</summary>
            /// <param name="x">(N, C, L), (N, C, H, W) or (N, C, D, H, W).</param>
            /// <param name="size">Extents of the output, or null.</param>
            /// <param name="scale_factor">Factors for the extents, or null; a single one is for all dimensions.</param>
            /// <param name="align_corners">Whether the centres of the corners stay where they are; for the linear and cubic modes.</param>
            /// <param name="recompute_scale_factor">Whether samples are taken by the ratio of the extents rather than by the factors
            /// given.</param>
            /// <param name="antialias">Whether to smooth when shrinking; for bilinear and bicubic.</param>
            /// <exception cref="ArgumentException">Neither or both of size and factors; a mode that the dimensions do not have.</exception>
            public static Tensor interpolate(
                Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest,
                bool? align_corners = null, bool recompute_scale_factor = false, bool antialias = false)
            {
                int dimensions = (int)x.ndim - 2;
                if ((size is null) == (scale_factor is null))
                    throw new ArgumentException("Give either size or scale_factor.", nameof(size));
                if (size?.Length == 1)
                    size = [.. Enumerable.Repeat(size[0], dimensions)];
                if (scale_factor?.Length == 1)
                    scale_factor = [.. Enumerable.Repeat(scale_factor[0], dimensions)];
                if ((size?.Length ?? scale_factor!.Length) != dimensions)
                    throw new ArgumentException($"An input of {x.ndim} dimensions takes {dimensions} extents or factors.", nameof(size));
                bool linear = mode is not (InterpolationMode.Nearest or InterpolationMode.NearestExact or InterpolationMode.Area);
                if (align_corners is not null && !linear)
                    throw new ArgumentException($"align_corners has no meaning in mode {mode}.", nameof(align_corners));
                if (antialias && !(dimensions == 2 && mode is InterpolationMode.Bilinear or InterpolationMode.Bicubic))
                    throw new ArgumentException("antialias is for bilinear and bicubic interpolation of 4D input.", nameof(antialias));

                if (scale_factor is not null && (recompute_scale_factor || mode == InterpolationMode.Area))
                {
                    long[] extents = x.shape[2..];
                    size = [.. scale_factor.Select((factor, i) => (long)Math.Floor(extents[i] * factor))];
                    scale_factor = null;
                }
                if (mode == InterpolationMode.Area)
                    return dimensions switch
                    {
                        1 => adaptive_avg_pool1d(x, size![0]),
                        2 => adaptive_avg_pool2d(x, size!),
                        _ => adaptive_avg_pool3d(x, size!),
                    };
                var resize = Aten.Resize(mode, dimensions, antialias);
                return linear ? resize.Tensor(x, size, align_corners ?? false, scale_factor) : resize.Tensor(x, size, scale_factor);
            }

            private static partial class Aten
            {
                private static readonly Dictionary<(InterpolationMode, int Dimensions, bool Antialias), Operator> Resizers = new()
                {
                    [(InterpolationMode.Nearest, 1, false)] = new("aten::upsample_nearest1d", "vec"),
                    [(InterpolationMode.Nearest, 2, false)] = new("aten::upsample_nearest2d", "vec"),
                    [(InterpolationMode.Nearest, 3, false)] = new("aten::upsample_nearest3d", "vec"),
                    [(InterpolationMode.NearestExact, 1, false)] = new("aten::_upsample_nearest_exact1d", "vec"),
                    [(InterpolationMode.NearestExact, 2, false)] = new("aten::_upsample_nearest_exact2d", "vec"),
                    [(InterpolationMode.NearestExact, 3, false)] = new("aten::_upsample_nearest_exact3d", "vec"),
                    [(InterpolationMode.Linear, 1, false)] = new("aten::upsample_linear1d", "vec"),
                    [(InterpolationMode.Bilinear, 2, false)] = new("aten::upsample_bilinear2d", "vec"),
                    [(InterpolationMode.Bilinear, 2, true)] = new("aten::_upsample_bilinear2d_aa", "vec"),
                    [(InterpolationMode.Bicubic, 2, false)] = new("aten::upsample_bicubic2d", "vec"),
                    [(InterpolationMode.Bicubic, 2, true)] = new("aten::_upsample_bicubic2d_aa", "vec"),
                    [(InterpolationMode.Trilinear, 3, false)] = new("aten::upsample_trilinear3d", "vec"),
                };

                internal static Operator Resize(InterpolationMode mode, int dimensions, bool antialias) =>
                    Resizers.TryGetValue((mode, dimensions, antialias), out var found)
                        ? found
                        : throw new ArgumentException($"{mode} interpolation is not for {dimensions + 2} dimensions.", nameof(mode));
            }
        }
    }
}
