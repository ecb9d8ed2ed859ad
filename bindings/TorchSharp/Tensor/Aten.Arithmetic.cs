using TorchSharp.Interop;

namespace TorchSharp;

internal static partial class Aten
{
    internal static readonly Operator Add = new("aten::add", "Tensor"), AddScalar = new("aten::add", "Scalar");
    internal static readonly Operator AddInPlace = new("aten::add_", "Tensor"), AddScalarInPlace = new("aten::add_", "Scalar");
    internal static readonly Operator Subtract = new("aten::sub", "Tensor"), SubtractScalar = new("aten::sub", "Scalar");
    internal static readonly Operator SubtractInPlace = new("aten::sub_", "Tensor"), SubtractScalarInPlace = new("aten::sub_", "Scalar");
    internal static readonly Operator ReverseSubtract = new("aten::rsub", "Scalar");
    internal static readonly Operator Multiply = new("aten::mul", "Tensor"), MultiplyScalar = new("aten::mul", "Scalar");
    internal static readonly Operator MultiplyInPlace = new("aten::mul_", "Tensor"), MultiplyScalarInPlace = new("aten::mul_", "Scalar");
    internal static readonly Operator Divide = new("aten::div", "Tensor_mode"), DivideScalar = new("aten::div", "Scalar_mode");
    internal static readonly Operator DivideInPlace = new("aten::div_", "Tensor_mode");
    internal static readonly Operator DivideScalarInPlace = new("aten::div_", "Scalar_mode");
    internal static readonly Operator Remainder = new("aten::remainder", "Tensor"), RemainderScalar = new("aten::remainder", "Scalar");
    internal static readonly Operator Fmod = new("aten::fmod", "Tensor"), FmodScalar = new("aten::fmod", "Scalar");
    internal static readonly Operator Power = new("aten::pow", "Tensor_Tensor"), PowerScalar = new("aten::pow", "Tensor_Scalar");
    internal static readonly Operator PowerInPlace = new("aten::pow_", "Tensor"), PowerScalarInPlace = new("aten::pow_", "Scalar");
    internal static readonly Operator Round = new("aten::round", "decimals"), RoundInPlace = new("aten::round_", "decimals");
    internal static readonly Operator AddMultiple = new("aten::addcmul"), AddMultipleInPlace = new("aten::addcmul_");
    internal static readonly Operator AddQuotient = new("aten::addcdiv"), AddQuotientInPlace = new("aten::addcdiv_");
    internal static readonly Operator Lerp = new("aten::lerp", "Tensor"), LerpInPlace = new("aten::lerp_", "Tensor");
    internal static readonly Operator Atan2 = new("aten::atan2"), Hypot = new("aten::hypot"), XLogY = new("aten::xlogy", "Tensor");
    internal static readonly Operator LogicalAnd = new("aten::logical_and"), LogicalAndInPlace = new("aten::logical_and_");
    internal static readonly Operator LogicalOr = new("aten::logical_or"), LogicalOrInPlace = new("aten::logical_or_");
    internal static readonly Operator LogicalXor = new("aten::logical_xor");
    internal static readonly Operator BitwiseAnd = new("aten::bitwise_and", "Tensor"), BitwiseOr = new("aten::bitwise_or", "Tensor");
    internal static readonly Operator BitwiseXor = new("aten::bitwise_xor", "Tensor");
    internal static readonly Operator ShiftLeft = new("aten::bitwise_left_shift", "Tensor");
    internal static readonly Operator ShiftRight = new("aten::bitwise_right_shift", "Tensor");
    internal static readonly Operator Clamp = new("aten::clamp"), ClampTensor = new("aten::clamp", "Tensor");
    internal static readonly Operator ClampInPlace = new("aten::clamp_"), ClampTensorInPlace = new("aten::clamp_", "Tensor");
    internal static readonly Operator ClampMin = new("aten::clamp_min"), ClampMinInPlace = new("aten::clamp_min_");
    internal static readonly Operator ClampMax = new("aten::clamp_max"), ClampMaxInPlace = new("aten::clamp_max_");
    internal static readonly Operator NanToNumber = new("aten::nan_to_num");
}
