using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    // x[1, .., TensorIndex.Slice(2, 5)]: one index a dimension, as in Python.
    public partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => Assign(select(0, i1), value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => At(i1, i2);
            set => Assign(At(i1, i2), value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => At(i1, i2, i3);
            set => Assign(At(i1, i2, i3), value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => At(i1, i2, i3, i4);
            set => Assign(At(i1, i2, i3, i4), value);
        }

        /// <summary>A view where only slices and positions are given, else a copy.</summary>
        /// <exception cref="ArgumentException">More indices than dimensions, or more than one ellipsis.</exception>
        public Tensor index(params TensorIndex[] indices)
        {
            var (view, tensors) = View(indices);
            if (tensors is null)
                return view;
            using (view)
                return Aten.Index.Tensor(view, tensors);
        }

        public Tensor index(params Tensor[] indices) => Aten.Index.Tensor(this, indices);

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            var (view, tensors) = View(indices);
            if (tensors is null)
            {
                Assign(view, value);
                return this;
            }
            using (view)
                Aten.IndexPutInPlace.Invoke(view, tensors, value);
            return this;
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => Aten.IndexPutInPlace.InPlace(this, indices, value);

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) =>
            Aten.IndexPutInPlace.InPlace(this, indices, value, accumulate);

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var filled = full([], value, dtype, device);
            return index_put_(filled, indices);
        }

        // The elements at a position of each of the first dimensions.
        private Tensor At(params ReadOnlySpan<long> positions)
        {
            var view = select(0, positions[0]);
            foreach (var position in positions[1..])
            {
                using var outer = view;
                view = outer.select(0, position);
            }
            return view;
        }

        private static void Assign(Tensor view, Tensor value)
        {
            using (view)
                view.copy_(value);
        }

        // What positions, slices, null and ellipsis leave (a new reference), and the index tensors by its dimensions; null where there are
        // none.
        private (Tensor View, Tensor?[]? Tensors) View(TensorIndex[] indices)
        {
            var given = indices.Sum(index => index.TakenDimensions);
            if (given > Dimensions)
                throw new ArgumentException($"A tensor of {Dimensions} dimensions takes no {given} indices.", nameof(indices));
            if (indices.Count(index => index.IsEllipsis) > 1)
                throw new ArgumentException("An index takes one ellipsis.", nameof(indices));
            var view = alias();
            var tensors = new List<Tensor?>();
            long dimension = 0, maskDimensions = 0; // a mask of k dimensions is one entry of the list, which libtorch counts as k
            foreach (var index in indices)
            {
                if (index.IsEllipsis)
                {
                    dimension += Dimensions - given;
                }
                else if (index.AsTensor is { } tensor)
                {
                    while (tensors.Count < dimension - maskDimensions)
                        tensors.Add(null);
                    tensors.Add(tensor);
                    dimension += index.TakenDimensions;
                    maskDimensions += index.TakenDimensions - 1;
                }
                else
                {
                    using var outer = view;
                    view = index.Apply(outer, ref dimension);
                }
            }
            return (view, tensors.Count == 0 ? null : tensors.ToArray());
        }
    }
}
