namespace TorchSharp;

public static partial class torch
{
    // Some of the elements: by position, by mask, in parts.
    public partial class Tensor
    {
        /// <summary>A view without the dimension, at one position of it.</summary>
        public Tensor select(long dim, long index) => Aten.Select.Tensor(this, dim, index);

        /// <summary>A view of `length` positions of a dimension from `start` on.</summary>
        public Tensor narrow(long dim, long start, long length) => Aten.Narrow.Tensor(this, dim, start, length);

        /// <summary>A view of the positions from start up to finish (exclusive) of a dimension, by steps.</summary>
        public Tensor slice(long dim, long start, long finish, long step) => Aten.Slice.Tensor(this, dim, start, finish, step);

        public Tensor index_select(long dim, Tensor index) => Aten.IndexSelect.Tensor(this, dim, index);

        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Aten.IndexAdd.Tensor(this, dim, index, source, alpha);

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Aten.IndexAddInPlace.InPlace(this, dim, index, source, alpha);

        public Tensor index_copy_(long dim, Tensor index, Tensor source) => Aten.IndexCopyInPlace.InPlace(this, dim, index, source);

        public Tensor index_fill_(long dim, Tensor index, Scalar value) => Aten.IndexFillInPlace.InPlace(this, dim, index, value);

        /// <summary>The elements at flat positions.</summary>
        public Tensor take(Tensor index) => Aten.Take.Tensor(this, index);

        /// <summary>out[i][j] = this[index[i][j]][j] along dimension 0, and so on.</summary>
        public Tensor gather(long dim, Tensor index) => Aten.Gather.Tensor(this, dim, index);

        /// <summary>out[index[i][j]][j] = src[i][j] along dimension 0, and so on; the reverse of <see cref="gather"/>.</summary>
        public Tensor scatter(long dim, Tensor index, Tensor src) => Aten.Scatter.Tensor(this, dim, index, src);

        public Tensor scatter_(long dim, Tensor index, Tensor src) => Aten.ScatterInPlace.InPlace(this, dim, index, src);

        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Aten.ScatterAdd.Tensor(this, dim, index, src);

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Aten.ScatterAddInPlace.InPlace(this, dim, index, src);

        public Tensor masked_fill(Tensor mask, Scalar value) => Aten.MaskedFill.Tensor(this, mask, value);

        public Tensor masked_fill_(Tensor mask, Scalar value) => Aten.MaskedFillInPlace.InPlace(this, mask, value);

        public Tensor masked_select(Tensor mask) => Aten.MaskedSelect.Tensor(this, mask);

        public Tensor masked_scatter(Tensor mask, Tensor value) => Aten.MaskedScatter.Tensor(this, mask, value);

        public Tensor masked_scatter_(Tensor mask, Tensor value) => Aten.MaskedScatterInPlace.InPlace(this, mask, value);

        /// <summary>This where the condition holds, y elsewhere.</summary>
        /// <exception cref="ArgumentException">The condition is no tensor of booleans.</exception>
        public Tensor where(Tensor condition, Tensor y) => condition.dtype == ScalarType.Bool
            ? Aten.Where.Tensor(condition, this, y)
            : throw new ArgumentException($"The condition to 'where' must be a boolean tensor, not {condition.dtype}.", nameof(condition));

        /// <summary>The positions of the elements that are not 0, one row each.</summary>
        public Tensor nonzero() => Aten.Nonzero.Tensor(this);

        public Tensor argwhere() => Aten.ArgWhere.Tensor(this);

        public Tensor[] unbind(long dimension = 0L) => Aten.Unbind.Tensors(this, dimension);

        /// <summary>Views of `size` positions each; the last may be shorter.</summary>
        public Tensor[] split(long size, int dim = 0) => Aten.Split.Tensors(this, size, dim);

        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => Aten.SplitSizes.Tensors(this, sizes.ToArray(), dim);

        /// <summary>So many views of about equal size.</summary>
        public Tensor[] chunk(long chunks, long dim = 0L) => Aten.Chunk.Tensors(this, chunks, dim);

        public Tensor[] tensor_split(long size, long dim = 0L) => Aten.TensorSplit.Tensors(this, size, dim);

        /// <summary>For each element the number of its bucket between sorted boundaries.</summary>
        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) =>
            Aten.Bucketize.Tensor(this, boundaries, outInt32, right);

        public Tensor isin(Tensor test_elements, bool assumeUnique = false, bool invert = false) =>
            Aten.IsIn.Tensor(this, test_elements, assumeUnique, invert);
    }
}
