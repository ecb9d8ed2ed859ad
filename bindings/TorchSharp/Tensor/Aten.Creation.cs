using TorchSharp.Interop;

namespace TorchSharp;

internal static partial class Aten
{
    internal static readonly Operator Empty = new("aten::empty", "memory_format"), EmptyLike = new("aten::empty_like");
    internal static readonly Operator EmptyStrided = new("aten::empty_strided");
    internal static readonly Operator Zeros = new("aten::zeros"), ZerosLike = new("aten::zeros_like");
    internal static readonly Operator Ones = new("aten::ones"), OnesLike = new("aten::ones_like");
    internal static readonly Operator Full = new("aten::full"), FullLike = new("aten::full_like"), Eye = new("aten::eye", "m");
    internal static readonly Operator Arange = new("aten::arange", "start_step"), LinSpace = new("aten::linspace");
    internal static readonly Operator Rand = new("aten::rand", "generator"), RandLike = new("aten::rand_like");
    internal static readonly Operator Randn = new("aten::randn", "generator"), RandnLike = new("aten::randn_like");
    internal static readonly Operator RandInt = new("aten::randint", "low_generator"), RandIntLike = new("aten::randint_like", "low_dtype");
    internal static readonly Operator RandPerm = new("aten::randperm", "generator"), Normal = new("aten::normal", "float_float");
    internal static readonly Operator NormalInPlace = new("aten::normal_"), UniformInPlace = new("aten::uniform_");
    internal static readonly Operator RandomInPlace = new("aten::random_", "from");
    internal static readonly Operator BernoulliInPlace = new("aten::bernoulli_", "float"), ExponentialInPlace = new("aten::exponential_");
    internal static readonly Operator Bernoulli = new("aten::bernoulli"), Multinomial = new("aten::multinomial");
}
