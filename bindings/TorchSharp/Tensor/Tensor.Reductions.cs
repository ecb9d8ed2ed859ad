namespace TorchSharp;

public static partial class torch
{
    // Sums, means, extremes: of everything, or along dimensions (negative ones count from the end), which keepdim leaves with size 1.
    public partial class Tensor
    {
        /// <summary>
        /// The sum of all elements. `sum(0)` is this one, as C# takes the 0 for a type: write `sum(dim: 0)`. So it is in TorchSharp.
        /// </summary>
        public Tensor sum(ScalarType? type = null) => Aten.Sum.Tensor(this, type);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            Aten.SumAlong.Tensor(this, dim.ToArray(), keepdim, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);

        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) =>
            sum([dim0, dim1, dim2], keepdim, type);

        public Tensor mean() => Aten.Mean.Tensor(this);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Aten.MeanAlong.Tensor(this, dimensions, keepdim, type);

        /// <summary>The standard deviation; unbiased divides by one less than the count.</summary>
        public Tensor std(bool unbiased = true) => Aten.Deviation.Tensor(this, unbiased);

        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Cast(Aten.DeviationAlong.Tensor(this, dimensions.ToArray(), unbiased, keepdim), type);

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std([dim], unbiased, keepdim, type);

        /// <summary>The variance; unbiased divides by one less than the count.</summary>
        public Tensor var(bool unbiased = true) => Aten.Variance.Tensor(this, unbiased);

        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Cast(Aten.VarianceAlong.Tensor(this, dimensions.ToArray(), unbiased, keepdim), type);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var([dim], unbiased, keepdim, type);

        /// <summary>The product of all elements; `prod(0)` is this one too.</summary>
        public Tensor prod(ScalarType? type = null) => Aten.Product.Tensor(this, type);

        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => Aten.ProductAlong.Tensor(this, dim, keepdim, type);

        public Tensor max() => Aten.Max.Tensor(this);

        public Tensor max(Tensor other) => maximum(other);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Pair(Aten.MaxAlong.Tensors(this, dim, keepdim));

        public Tensor min() => Aten.Min.Tensor(this);

        public Tensor min(Tensor other) => minimum(other);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Pair(Aten.MinAlong.Tensors(this, dim, keepdim));

        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false) => Aten.MaxAlongAll.Tensor(this, dims.ToArray(), keepdim);

        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false) => Aten.MinAlongAll.Tensor(this, dims.ToArray(), keepdim);

        public (Tensor min, Tensor max) aminmax(long? dim = null, bool keepdim = false) => Pair(Aten.MinMax.Tensors(this, dim, keepdim));

        /// <summary>The flat position of the largest element, int64.</summary>
        public Tensor argmax() => Aten.ArgMax.Tensor(this);

        public Tensor argmax(long dim, bool keepdim = false) => Aten.ArgMax.Tensor(this, dim, keepdim);

        public Tensor argmin() => Aten.ArgMin.Tensor(this);

        public Tensor argmin(long dim, bool keepdim = false) => Aten.ArgMin.Tensor(this, dim, keepdim);

        public Tensor median() => Aten.Median.Tensor(this);

        /// <summary>The values that a share q of the elements lies below, interpolated.</summary>
        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => Aten.Quantile.Tensor(this, q, dim, keepdim);

        public Tensor all() => Aten.All.Tensor(this);

        public Tensor all(long dim, bool keepdim = false) => Aten.AllAlong.Tensor(this, dim, keepdim);

        public Tensor any() => Aten.Any.Tensor(this);

        public Tensor any(long dim, bool keepdim = false) => Aten.AnyAlong.Tensor(this, dim, keepdim);

        public Tensor nansum() => Aten.NanSum.Tensor(this);

        /// <summary>The p-norm of all elements.</summary>
        public Tensor norm(float p = 2.0f) => Aten.Norm.Tensor(this, p);

        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) => Aten.NormAlong.Tensor(this, p, new long[] { dim }, keepdim);

        public Tensor logsumexp(long dim, bool keepdim = false) => Aten.LogSumExp.Tensor(this, new[] { dim }, keepdim);

        public Tensor count_nonzero(long[]? dims = null) =>
            dims is null ? Aten.CountNonzero.Tensor(this) : Aten.CountNonzeroAlong.Tensor(this, dims);

        public Tensor cumsum(long dim, ScalarType? type = null) => Aten.CumulativeSum.Tensor(this, dim, type);

        public Tensor cumprod(long dim, ScalarType? type = null) => Aten.CumulativeProduct.Tensor(this, dim, type);

        /// <summary>How often each whole number from 0 on occurs in a 1-dimensional tensor, or the sum of its weights.</summary>
        public Tensor bincount(Tensor? weights, long minlength = 0) => Aten.BinCount.Tensor(this, weights, minlength);

        /// <summary>How many elements lie in each of equal bins of [min, max]; with both 0, of the data's own range.</summary>
        public Tensor histc(long bins = 100, long min = 0, long max = 0) => Aten.Histogram.Tensor(this, bins, min, max);

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Pair(Aten.TopK.Tensors(this, k, dim, largest, sorted));

        /// <summary>The k-th smallest value along a dimension (the last by default), k from 1, and where it stands.</summary>
        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false) =>
            Pair(Aten.KthValue.Tensors(this, k, dim ?? -1, keepdim));

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Pair(Aten.Sort.Tensors(this, stable, dim, descending));

        public Tensor argsort(long dim = -1, bool descending = false) => Aten.ArgSort.Tensor(this, dim, descending);

        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(
            bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            var results = dim is null
                ? Aten.Unique.Tensors(this, sorted, return_inverse, return_counts)
                : Aten.UniqueAlong.Tensors(this, dim, sorted, return_inverse, return_counts);
            if (!return_inverse)
                results[1]?.Dispose();
            if (!return_counts)
                results[2]?.Dispose();
            return (results[0], return_inverse ? results[1] : null, return_counts ? results[2] : null);
        }

        private static (Tensor First, Tensor Second) Pair(Tensor[] results) => (results[0], results[1]);

        // Gives `result` in the type asked for, and frees it if that is another tensor.
        private static Tensor Cast(Tensor result, ScalarType? type)
        {
            if (type is null || type == result.dtype)
                return result;
            using (result)
                return result.to_type(type.Value);
        }
    }
}
