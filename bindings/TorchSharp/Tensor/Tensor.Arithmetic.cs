namespace TorchSharp;

public static partial class torch
{
    // Sums, products and logic of two operands, with broadcasting; a trailing underscore means in place, and gives the same tensor back.
    public partial class Tensor
    {
        public Tensor add(Tensor target) => Aten.Add.Tensor(this, target);

        /// <summary>this + alpha · target.</summary>
        public Tensor add(Tensor target, Scalar alpha) => Aten.Add.Tensor(this, target, alpha);

        public Tensor add(Scalar scalar) => Aten.AddScalar.Tensor(this, scalar);

        public Tensor add(Scalar scalar, Scalar alpha) => Aten.AddScalar.Tensor(this, scalar, alpha);

        public Tensor add_(Tensor target) => Aten.AddInPlace.InPlace(this, target);

        public Tensor add_(Tensor target, Scalar alpha) => Aten.AddInPlace.InPlace(this, target, alpha);

        public Tensor add_(Scalar scalar) => Aten.AddScalarInPlace.InPlace(this, scalar);

        public Tensor add_(Scalar scalar, Scalar alpha) => Aten.AddScalarInPlace.InPlace(this, scalar, alpha);

        public Tensor sub(Tensor target) => Aten.Subtract.Tensor(this, target);

        public Tensor sub(Scalar target) => Aten.SubtractScalar.Tensor(this, target);

        public Tensor sub_(Tensor target) => Aten.SubtractInPlace.InPlace(this, target);

        public Tensor sub_(Scalar target) => Aten.SubtractScalarInPlace.InPlace(this, target);

        public Tensor subtract(Tensor target) => sub(target);

        public Tensor subtract(Scalar target) => sub(target);

        public Tensor mul(Tensor target) => Aten.Multiply.Tensor(this, target);

        public Tensor mul(Scalar target) => Aten.MultiplyScalar.Tensor(this, target);

        public Tensor mul_(Tensor target) => Aten.MultiplyInPlace.InPlace(this, target);

        public Tensor mul_(Scalar target) => Aten.MultiplyScalarInPlace.InPlace(this, target);

        public Tensor multiply(Tensor target) => mul(target);

        public Tensor multiply(Scalar target) => mul(target);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Aten.Divide.Tensor(this, target, RoundingName(rounding_mode));

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Aten.DivideScalar.Tensor(this, target, RoundingName(rounding_mode));

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Aten.DivideInPlace.InPlace(this, target, RoundingName(rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Aten.DivideScalarInPlace.InPlace(this, target, RoundingName(rounding_mode));

        public Tensor floor_divide(Tensor other) => div(other, RoundingMode.floor);

        public Tensor floor_divide(Scalar other) => div(other, RoundingMode.floor);

        /// <summary>The remainder, with the divisor's sign.</summary>
        public Tensor remainder(Tensor target) => Aten.Remainder.Tensor(this, target);

        public Tensor remainder(Scalar scalar) => Aten.RemainderScalar.Tensor(this, scalar);

        /// <summary>The remainder, with the dividend's sign.</summary>
        public Tensor fmod(Tensor target) => Aten.Fmod.Tensor(this, target);

        public Tensor fmod(Scalar scalar) => Aten.FmodScalar.Tensor(this, scalar);

        public Tensor pow(Tensor exponent) => Aten.Power.Tensor(this, exponent);

        public Tensor pow(Scalar exponent) => Aten.PowerScalar.Tensor(this, exponent);

        public Tensor pow_(Tensor exponent) => Aten.PowerInPlace.InPlace(this, exponent);

        public Tensor pow_(Scalar exponent) => Aten.PowerScalarInPlace.InPlace(this, exponent);

        public Tensor negative() => neg();

        /// <summary>Rounded to so many decimals, ties to even.</summary>
        public Tensor round(long decimals = 0L) => Aten.Round.Tensor(this, decimals);

        public Tensor round_(long decimals = 0L) => Aten.RoundInPlace.InPlace(this, decimals);

        /// <summary>this + value · tensor1 · tensor2.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.AddMultiple.Tensor(this, tensor1, tensor2, value);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Aten.AddMultipleInPlace.InPlace(this, tensor1, tensor2, value);

        /// <summary>this + value · tensor1 / tensor2.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.AddQuotient.Tensor(this, tensor1, tensor2, value);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Aten.AddQuotient.Tensor(this, tensor1, tensor2);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Aten.AddQuotientInPlace.InPlace(this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => Aten.AddQuotientInPlace.InPlace(this, tensor1, tensor2);

        /// <summary>this + weight · (end - this).</summary>
        public Tensor lerp(Tensor end, Tensor weight) => Aten.Lerp.Tensor(this, end, weight);

        public Tensor lerp_(Tensor end, Tensor weight) => Aten.LerpInPlace.InPlace(this, end, weight);

        public Tensor atan2(Tensor other) => Aten.Atan2.Tensor(this, other);

        public Tensor hypot(Tensor other) => Aten.Hypot.Tensor(this, other);

        /// <summary>this · log(y), 0 where this is 0.</summary>
        public Tensor xlogy(Tensor y) => Aten.XLogY.Tensor(this, y);

        public Tensor logical_and(Tensor other) => Aten.LogicalAnd.Tensor(this, other);

        public Tensor logical_and_(Tensor other) => Aten.LogicalAndInPlace.InPlace(this, other);

        public Tensor logical_or(Tensor other) => Aten.LogicalOr.Tensor(this, other);

        public Tensor logical_or_(Tensor other) => Aten.LogicalOrInPlace.InPlace(this, other);

        public Tensor logical_xor(Tensor other) => Aten.LogicalXor.Tensor(this, other);

        public Tensor bitwise_and(Tensor other) => Aten.BitwiseAnd.Tensor(this, other);

        public Tensor bitwise_or(Tensor other) => Aten.BitwiseOr.Tensor(this, other);

        public Tensor bitwise_xor(Tensor other) => Aten.BitwiseXor.Tensor(this, other);

        public Tensor bitwise_left_shift(Tensor other) => Aten.ShiftLeft.Tensor(this, other);

        public Tensor bitwise_right_shift(Tensor other) => Aten.ShiftRight.Tensor(this, other);

        /// <summary>Every element brought into [min, max]; an absent bound is none.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Aten.Clamp.Tensor(this, min, max);

        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Aten.ClampTensor.Tensor(this, min, max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Aten.ClampInPlace.InPlace(this, min, max);

        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Aten.ClampTensorInPlace.InPlace(this, min, max);

        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);

        public Tensor clamp_min(Scalar min) => Aten.ClampMin.Tensor(this, min);

        public Tensor clamp_min_(Scalar min) => Aten.ClampMinInPlace.InPlace(this, min);

        public Tensor clamp_max(Scalar max) => Aten.ClampMax.Tensor(this, max);

        public Tensor clamp_max_(Scalar max) => Aten.ClampMaxInPlace.InPlace(this, max);

        public Tensor nan_to_num(double nan = 0d, double? posinf = null, double? neginf = null) =>
            Aten.NanToNumber.Tensor(this, nan, posinf, neginf);

        // left - this, in one operator.
        private Tensor SubtractFrom(Scalar left) => Aten.ReverseSubtract.Tensor(this, left);

        // left / this.
        private Tensor Divide(Scalar left)
        {
            using var inverse = reciprocal();
            return inverse.mul(left);
        }

        private static string? RoundingName(RoundingMode mode) => mode switch
        {
            RoundingMode.None => null,
            RoundingMode.trunc => "trunc",
            RoundingMode.floor => "floor",
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "The rounding mode must be None, trunc or floor."),
        };
    }
}
