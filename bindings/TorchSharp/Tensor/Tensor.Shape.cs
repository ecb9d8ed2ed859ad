namespace TorchSharp;

public static partial class torch
{
    // The same elements in another shape. Views share memory with the tensor that they were made from.
    public partial class Tensor
    {
        /// <summary>A view; one size may be -1, for what is left.</summary>
        public Tensor view(params long[] shape) => Aten.View.Tensor(this, shape);

        public Tensor view_as(Tensor other) => view(other.shape);

        /// <summary>A view where the layout allows, else a copy.</summary>
        public Tensor reshape(params long[] shape) => Aten.Reshape.Tensor(this, shape);

        /// <summary>The dimensions from start to end made one.</summary>
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Aten.Flatten.Tensor(this, start_dim, end_dim);

        public Tensor unflatten(long dim, params long[] sizes)
        {
            var axis = dim < 0 ? dim + Dimensions : dim;
            var old = shape;
            return view([.. old[..(int)axis], .. sizes, .. old[((int)axis + 1)..]]);
        }

        public Tensor ravel() => Aten.Ravel.Tensor(this);

        /// <summary>Without dimensions of size 1; all of them, or the one given.</summary>
        public Tensor squeeze(long? dim = null) => dim is null ? Aten.Squeeze.Tensor(this) : Aten.SqueezeAlong.Tensor(this, dim);

        public Tensor squeeze_(long? dim = null) =>
            dim is null ? Aten.SqueezeInPlace.InPlace(this) : Aten.SqueezeAlongInPlace.InPlace(this, dim);

        /// <summary>With a dimension of size 1 before the one given.</summary>
        public Tensor unsqueeze(long dim) => Aten.Unsqueeze.Tensor(this, dim);

        public Tensor unsqueeze_(long dim) => Aten.UnsqueezeInPlace.InPlace(this, dim);

        public Tensor permute(params long[] permutation) => Aten.Permute.Tensor(this, permutation);

        public Tensor permute(IEnumerable<long> permutation) => permute(permutation.ToArray());

        public Tensor transpose(long dim0, long dim1) => Aten.Transpose.Tensor(this, dim0, dim1);

        public Tensor transpose_(long dim0, long dim1) => Aten.TransposeInPlace.InPlace(this, dim0, dim1);

        public Tensor swapaxes(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor swapdims(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor t() => Aten.TransposeMatrix.Tensor(this);

        public Tensor movedim(long[] source, long[] destination) => Aten.MoveDimensions.Tensor(this, source, destination);

        /// <summary>A view in which dimensions of size 1 repeat; -1 keeps a size.</summary>
        public Tensor expand(params long[] sizes) => Aten.Expand.Tensor(this, sizes);

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Aten.Expand.Tensor(this, sizes.ToArray(), isImplicit);

        public Tensor expand_as(Tensor other) => expand(other.shape);

        public Tensor broadcast_to(params long[] shape) => Aten.BroadcastTo.Tensor(this, shape);

        /// <summary>A copy that holds the tensor so many times along each dimension.</summary>
        public Tensor repeat(params long[] sizes) => Aten.Repeat.Tensor(this, sizes);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Aten.RepeatInterleave.Tensor(this, repeats, dim, output_size);

        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            Aten.RepeatInterleaveTensor.Tensor(this, repeats, dim, output_size);

        public Tensor tile(long[] reps) => Aten.Tile.Tensor(this, reps);

        public Tensor flip(params long[] dims) => Aten.Flip.Tensor(this, dims);

        public Tensor fliplr() => Aten.FlipLeftRight.Tensor(this);

        public Tensor flipud() => Aten.FlipUpDown.Tensor(this);

        public Tensor roll(long shifts, long? dims = null) => Roll([shifts], dims is null ? [] : [dims.Value]);

        public Tensor roll((long, long) shifts, (long, long) dims) => Roll([shifts.Item1, shifts.Item2], [dims.Item1, dims.Item2]);

        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default) => Roll(shifts.ToArray(), dims.ToArray());

        /// <summary>Turned k quarter turns from the first towards the second of two dimensions, (0, 1) unless given.</summary>
        public Tensor rot90(long k = 1, (long, long)? dims = null) =>
            Aten.Rotate.Tensor(this, k, dims is { } plane ? new[] { plane.Item1, plane.Item2 } : [0, 1]);

        /// <summary>This tensor if its elements lie in order, else a copy in which they do.</summary>
        public Tensor contiguous() => Aten.Contiguous.Tensor(this);

        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0L) =>
            Aten.AsStrided.Tensor(this, size, strides, storageOffset);

        /// <summary>The windows of a size along a dimension, as a new last dimension.</summary>
        public Tensor unfold(long dimension, long size, long step) => Aten.Unfold.Tensor(this, dimension, size, step);

        public Tensor diag(long diagonal = 0) => Aten.Diag.Tensor(this, diagonal);

        public Tensor diagonal(long offset = 0L, long dim1 = 0L, long dim2 = 1L) => Aten.Diagonal.Tensor(this, offset, dim1, dim2);

        /// <summary>The lower triangle, 0 above.</summary>
        public Tensor tril(long diagonal = 0) => Aten.LowerTriangle.Tensor(this, diagonal);

        /// <summary>The upper triangle, 0 below.</summary>
        public Tensor triu(long diagonal = 0) => Aten.UpperTriangle.Tensor(this, diagonal);

        private Tensor Roll(long[] shifts, long[] dims) => Aten.Roll.Tensor(this, shifts, dims);
    }
}
