using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>The operators behind the members of <see cref="torch.Tensor"/>, each looked up when it is first called.</summary>
internal static partial class Aten
{
    internal static readonly Operator Abs = new("aten::abs"), AbsInPlace = new("aten::abs_");
    internal static readonly Operator Ceil = new("aten::ceil"), CeilInPlace = new("aten::ceil_");
    internal static readonly Operator Floor = new("aten::floor"), FloorInPlace = new("aten::floor_");
    internal static readonly Operator Trunc = new("aten::trunc"), TruncInPlace = new("aten::trunc_");
    internal static readonly Operator Frac = new("aten::frac"), FracInPlace = new("aten::frac_");
    internal static readonly Operator Exp = new("aten::exp"), ExpInPlace = new("aten::exp_");
    internal static readonly Operator Exp2 = new("aten::exp2"), Exp2InPlace = new("aten::exp2_");
    internal static readonly Operator Expm1 = new("aten::expm1"), Expm1InPlace = new("aten::expm1_");
    internal static readonly Operator Log = new("aten::log"), LogInPlace = new("aten::log_");
    internal static readonly Operator Log2 = new("aten::log2"), Log2InPlace = new("aten::log2_");
    internal static readonly Operator Log10 = new("aten::log10"), Log10InPlace = new("aten::log10_");
    internal static readonly Operator Log1p = new("aten::log1p"), Log1pInPlace = new("aten::log1p_");
    internal static readonly Operator Sqrt = new("aten::sqrt"), SqrtInPlace = new("aten::sqrt_");
    internal static readonly Operator Rsqrt = new("aten::rsqrt"), RsqrtInPlace = new("aten::rsqrt_");
    internal static readonly Operator Square = new("aten::square");
    internal static readonly Operator Reciprocal = new("aten::reciprocal"), ReciprocalInPlace = new("aten::reciprocal_");
    internal static readonly Operator Neg = new("aten::neg"), NegInPlace = new("aten::neg_");
    internal static readonly Operator Sign = new("aten::sign"), SignInPlace = new("aten::sign_");
    internal static readonly Operator Sigmoid = new("aten::sigmoid"), SigmoidInPlace = new("aten::sigmoid_");
    internal static readonly Operator Sin = new("aten::sin"), SinInPlace = new("aten::sin_");
    internal static readonly Operator Cos = new("aten::cos"), CosInPlace = new("aten::cos_");
    internal static readonly Operator Tan = new("aten::tan"), TanInPlace = new("aten::tan_");
    internal static readonly Operator Asin = new("aten::asin"), AsinInPlace = new("aten::asin_");
    internal static readonly Operator Acos = new("aten::acos"), AcosInPlace = new("aten::acos_");
    internal static readonly Operator Atan = new("aten::atan"), AtanInPlace = new("aten::atan_");
    internal static readonly Operator Sinh = new("aten::sinh"), SinhInPlace = new("aten::sinh_");
    internal static readonly Operator Cosh = new("aten::cosh"), CoshInPlace = new("aten::cosh_");
    internal static readonly Operator Tanh = new("aten::tanh"), TanhInPlace = new("aten::tanh_");
    internal static readonly Operator Erf = new("aten::erf"), ErfInPlace = new("aten::erf_");
    internal static readonly Operator Erfc = new("aten::erfc"), ErfcInPlace = new("aten::erfc_");
    internal static readonly Operator LogicalNot = new("aten::logical_not"), LogicalNotInPlace = new("aten::logical_not_");
    internal static readonly Operator BitwiseNot = new("aten::bitwise_not"), BitwiseNotInPlace = new("aten::bitwise_not_");
    internal static readonly Operator Isnan = new("aten::isnan");
    internal static readonly Operator Isinf = new("aten::isinf");
    internal static readonly Operator Isfinite = new("aten::isfinite");
    internal static readonly Operator Isposinf = new("aten::isposinf");
    internal static readonly Operator Isneginf = new("aten::isneginf");
    internal static readonly Operator Signbit = new("aten::signbit");
}
