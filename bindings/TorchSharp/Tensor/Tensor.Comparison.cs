namespace TorchSharp;

public static partial class torch
{
    // Comparisons, element by element.
    public partial class Tensor
    {
        /// <summary>
        /// Whether each element equals the other. A tensor, as in TorchSharp; <see cref="Equals(Tensor)"/> gives one answer.
        /// </summary>
        public Tensor eq(Tensor target) => Aten.Equal.Tensor(this, target);

        public Tensor eq(Scalar target) => Aten.EqualScalar.Tensor(this, target);

        public Tensor eq_(Tensor target) => Aten.EqualInPlace.InPlace(this, target);

        public Tensor eq_(Scalar target) => Aten.EqualScalarInPlace.InPlace(this, target);

        public Tensor equal(Tensor target) => eq(target);

        /// <summary>Whether each element differs from the other.</summary>
        public Tensor ne(Tensor target) => Aten.NotEqual.Tensor(this, target);

        public Tensor ne(Scalar target) => Aten.NotEqualScalar.Tensor(this, target);

        public Tensor ne_(Tensor target) => Aten.NotEqualInPlace.InPlace(this, target);

        public Tensor ne_(Scalar target) => Aten.NotEqualScalarInPlace.InPlace(this, target);

        public Tensor not_equal(Tensor target) => ne(target);

        /// <summary>Whether each element is less than the other.</summary>
        public Tensor lt(Tensor target) => Aten.Less.Tensor(this, target);

        public Tensor lt(Scalar target) => Aten.LessScalar.Tensor(this, target);

        public Tensor lt_(Tensor target) => Aten.LessInPlace.InPlace(this, target);

        public Tensor lt_(Scalar target) => Aten.LessScalarInPlace.InPlace(this, target);

        public Tensor less(Tensor target) => lt(target);

        /// <summary>Whether each element is at most the other.</summary>
        public Tensor le(Tensor target) => Aten.LessEqual.Tensor(this, target);

        public Tensor le(Scalar target) => Aten.LessEqualScalar.Tensor(this, target);

        public Tensor le_(Tensor target) => Aten.LessEqualInPlace.InPlace(this, target);

        public Tensor le_(Scalar target) => Aten.LessEqualScalarInPlace.InPlace(this, target);

        public Tensor less_equal(Tensor target) => le(target);

        /// <summary>Whether each element is greater than the other.</summary>
        public Tensor gt(Tensor target) => Aten.Greater.Tensor(this, target);

        public Tensor gt(Scalar target) => Aten.GreaterScalar.Tensor(this, target);

        public Tensor gt_(Tensor target) => Aten.GreaterInPlace.InPlace(this, target);

        public Tensor gt_(Scalar target) => Aten.GreaterScalarInPlace.InPlace(this, target);

        public Tensor greater(Tensor target) => gt(target);

        /// <summary>Whether each element is at least the other.</summary>
        public Tensor ge(Tensor target) => Aten.GreaterEqual.Tensor(this, target);

        public Tensor ge(Scalar target) => Aten.GreaterEqualScalar.Tensor(this, target);

        public Tensor ge_(Tensor target) => Aten.GreaterEqualInPlace.InPlace(this, target);

        public Tensor ge_(Scalar target) => Aten.GreaterEqualScalarInPlace.InPlace(this, target);

        public Tensor greater_equal(Tensor target) => ge(target);

        public Tensor maximum(Tensor other) => Aten.Maximum.Tensor(this, other);

        public Tensor minimum(Tensor other) => Aten.Minimum.Tensor(this, other);

        /// <summary>Whether each element is within atol + rtol · |other| of the other.</summary>
        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            Aten.IsClose.Tensor(this, other, rtol, atol, nanEqual);

        /// <summary>Whether all elements are within atol + rtol · |target| of the target's.</summary>
        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Aten.AllClose.Boolean(this, target, rtol, atol, equal_nan);

        /// <summary>Whether both have the same shape and elements.</summary>
        public bool Equals(Tensor? target) => target is not null && Aten.EqualAll.Boolean(this, target);

        public override bool Equals(object? obj) => obj is Tensor tensor && Equals(tensor);

        // By identity: elements change, and a hash must not.
        public override int GetHashCode() => base.GetHashCode();
    }
}
