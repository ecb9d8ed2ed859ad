namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// One index of a tensor's indexer: a position, a slice, a new dimension, an ellipsis, a mask or positions in a tensor.
    /// </summary>
    public struct TensorIndex
    {
        /// <summary>All dimensions that no other index names.</summary>
        public static TensorIndex Ellipsis = new() { kind = Kind.Ellipsis };

        /// <summary>A new dimension of size 1.</summary>
        public static TensorIndex None = new() { kind = Kind.None };

        /// <summary>A new dimension of size 1.</summary>
        public static TensorIndex Null = new() { kind = Kind.None };

        /// <summary>A whole dimension.</summary>
        public static TensorIndex Colon = Slice();

        private Kind kind;
        private long? start;
        private long? stop;
        private long? step;

        private enum Kind
        {
            None,
            Single,
            Ellipsis,
            Bool,
            Tensor,
            Slice,
        }

        internal readonly bool IsEllipsis => kind == Kind.Ellipsis;

        internal Tensor? AsTensor { get; private init; }

        // A mask takes as many dimensions as it has.
        internal readonly long TakenDimensions => kind switch
        {
            Kind.Single or Kind.Slice => 1,
            Kind.Tensor => AsTensor!.dtype == ScalarType.Bool ? AsTensor.Dimensions : 1,
            _ => 0,
        };

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { kind = Kind.Slice, start = start, stop = stop, step = step };

        public static TensorIndex Slice((int? start, int? end) range) => Slice((long?)range.start, range.end);

        public static TensorIndex Slice(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value);

        public static TensorIndex Bool(bool value) => new() { kind = Kind.Bool, start = value ? 1 : 0 };

        public static TensorIndex Single(long? index) => new() { kind = Kind.Single, start = index };

        public static TensorIndex Tensor(Tensor tensor) => new() { kind = Kind.Tensor, AsTensor = tensor };

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);

        /// <summary>
        /// Applies a position, slice, new dimension or boolean to one dimension, gives a new reference, and moves on to the next
        /// dimension.
        /// </summary>
        internal readonly Tensor Apply(Tensor source, ref long dimension)
        {
            switch (kind)
            {
                case Kind.Single:
                    return source.select(dimension, start ?? 0);
                case Kind.Slice:
                    // PyTorch's own stand-in for "to the end".
                    return source.slice(dimension++, start ?? 0, stop ?? long.MaxValue, step ?? 1);
                case Kind.None:
                    return source.unsqueeze(dimension++);
                case Kind.Bool:
                    // True keeps all in a new dimension of size 1, false nothing in one of size 0.
                    using (var one = source.unsqueeze(dimension))
                        return one.narrow(dimension++, 0, start!.Value);
                default:
                    throw new InvalidOperationException($"An index of kind {kind} is applied by its tensor.");
            }
        }
    }
}
