namespace TorchSharp;

public static partial class torch
{
    // Functions of one element at a time; a trailing underscore means in place, and gives the same tensor back.
    public partial class Tensor
    {
        /// <summary>The absolute value.</summary>
        public Tensor abs() => Aten.Abs.Tensor(this);

        public Tensor abs_() => Aten.AbsInPlace.InPlace(this);

        /// <summary>The next integer above.</summary>
        public Tensor ceil() => Aten.Ceil.Tensor(this);

        public Tensor ceil_() => Aten.CeilInPlace.InPlace(this);

        /// <summary>The next integer below.</summary>
        public Tensor floor() => Aten.Floor.Tensor(this);

        public Tensor floor_() => Aten.FloorInPlace.InPlace(this);

        /// <summary>The integer part.</summary>
        public Tensor trunc() => Aten.Trunc.Tensor(this);

        public Tensor trunc_() => Aten.TruncInPlace.InPlace(this);

        /// <summary>The part behind the point.</summary>
        public Tensor frac() => Aten.Frac.Tensor(this);

        public Tensor frac_() => Aten.FracInPlace.InPlace(this);

        /// <summary>e to the power of each element.</summary>
        public Tensor exp() => Aten.Exp.Tensor(this);

        public Tensor exp_() => Aten.ExpInPlace.InPlace(this);

        /// <summary>2 to the power of each element.</summary>
        public Tensor exp2() => Aten.Exp2.Tensor(this);

        public Tensor exp2_() => Aten.Exp2InPlace.InPlace(this);

        /// <summary>exp(x) - 1, exact near 0.</summary>
        public Tensor expm1() => Aten.Expm1.Tensor(this);

        public Tensor expm1_() => Aten.Expm1InPlace.InPlace(this);

        /// <summary>The natural logarithm.</summary>
        public Tensor log() => Aten.Log.Tensor(this);

        public Tensor log_() => Aten.LogInPlace.InPlace(this);

        /// <summary>The logarithm to base 2.</summary>
        public Tensor log2() => Aten.Log2.Tensor(this);

        public Tensor log2_() => Aten.Log2InPlace.InPlace(this);

        /// <summary>The logarithm to base 10.</summary>
        public Tensor log10() => Aten.Log10.Tensor(this);

        public Tensor log10_() => Aten.Log10InPlace.InPlace(this);

        /// <summary>log(1 + x), exact near 0.</summary>
        public Tensor log1p() => Aten.Log1p.Tensor(this);

        public Tensor log1p_() => Aten.Log1pInPlace.InPlace(this);

        /// <summary>The square root.</summary>
        public Tensor sqrt() => Aten.Sqrt.Tensor(this);

        public Tensor sqrt_() => Aten.SqrtInPlace.InPlace(this);

        /// <summary>One over the square root.</summary>
        public Tensor rsqrt() => Aten.Rsqrt.Tensor(this);

        public Tensor rsqrt_() => Aten.RsqrtInPlace.InPlace(this);

        /// <summary>x times x.</summary>
        public Tensor square() => Aten.Square.Tensor(this);

        /// <summary>One over x.</summary>
        public Tensor reciprocal() => Aten.Reciprocal.Tensor(this);

        public Tensor reciprocal_() => Aten.ReciprocalInPlace.InPlace(this);

        /// <summary>-x.</summary>
        public Tensor neg() => Aten.Neg.Tensor(this);

        public Tensor neg_() => Aten.NegInPlace.InPlace(this);

        /// <summary>-1, 0 or 1.</summary>
        public Tensor sign() => Aten.Sign.Tensor(this);

        public Tensor sign_() => Aten.SignInPlace.InPlace(this);

        /// <summary>1 / (1 + exp(-x)).</summary>
        public Tensor sigmoid() => Aten.Sigmoid.Tensor(this);

        public Tensor sigmoid_() => Aten.SigmoidInPlace.InPlace(this);

        /// <summary>The sine of an angle in radians.</summary>
        public Tensor sin() => Aten.Sin.Tensor(this);

        public Tensor sin_() => Aten.SinInPlace.InPlace(this);

        /// <summary>The cosine of an angle in radians.</summary>
        public Tensor cos() => Aten.Cos.Tensor(this);

        public Tensor cos_() => Aten.CosInPlace.InPlace(this);

        /// <summary>The tangent of an angle in radians.</summary>
        public Tensor tan() => Aten.Tan.Tensor(this);

        public Tensor tan_() => Aten.TanInPlace.InPlace(this);

        /// <summary>The arc sine.</summary>
        public Tensor asin() => Aten.Asin.Tensor(this);

        public Tensor asin_() => Aten.AsinInPlace.InPlace(this);

        /// <summary>The arc cosine.</summary>
        public Tensor acos() => Aten.Acos.Tensor(this);

        public Tensor acos_() => Aten.AcosInPlace.InPlace(this);

        /// <summary>The arc tangent.</summary>
        public Tensor atan() => Aten.Atan.Tensor(this);

        public Tensor atan_() => Aten.AtanInPlace.InPlace(this);

        /// <summary>The hyperbolic sine.</summary>
        public Tensor sinh() => Aten.Sinh.Tensor(this);

        public Tensor sinh_() => Aten.SinhInPlace.InPlace(this);

        /// <summary>The hyperbolic cosine.</summary>
        public Tensor cosh() => Aten.Cosh.Tensor(this);

        public Tensor cosh_() => Aten.CoshInPlace.InPlace(this);

        /// <summary>The hyperbolic tangent.</summary>
        public Tensor tanh() => Aten.Tanh.Tensor(this);

        public Tensor tanh_() => Aten.TanhInPlace.InPlace(this);

        /// <summary>The error function.</summary>
        public Tensor erf() => Aten.Erf.Tensor(this);

        public Tensor erf_() => Aten.ErfInPlace.InPlace(this);

        /// <summary>One minus the error function.</summary>
        public Tensor erfc() => Aten.Erfc.Tensor(this);

        public Tensor erfc_() => Aten.ErfcInPlace.InPlace(this);

        /// <summary>Whether the element is 0 or false.</summary>
        public Tensor logical_not() => Aten.LogicalNot.Tensor(this);

        public Tensor logical_not_() => Aten.LogicalNotInPlace.InPlace(this);

        /// <summary>Every bit flipped; of booleans, the opposite.</summary>
        public Tensor bitwise_not() => Aten.BitwiseNot.Tensor(this);

        public Tensor bitwise_not_() => Aten.BitwiseNotInPlace.InPlace(this);

        /// <summary>Whether each element is not a number.</summary>
        public Tensor isnan() => Aten.Isnan.Tensor(this);

        /// <summary>Whether each element is infinite.</summary>
        public Tensor isinf() => Aten.Isinf.Tensor(this);

        /// <summary>Whether each element is a finite number.</summary>
        public Tensor isfinite() => Aten.Isfinite.Tensor(this);

        /// <summary>Whether each element is plus infinity.</summary>
        public Tensor isposinf() => Aten.Isposinf.Tensor(this);

        /// <summary>Whether each element is minus infinity.</summary>
        public Tensor isneginf() => Aten.Isneginf.Tensor(this);

        /// <summary>Whether each element is negative, -0 included.</summary>
        public Tensor signbit() => Aten.Signbit.Tensor(this);
    }
}
