using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Arithmetic on lists of tensors, element by element of the lists, in few calls whatever their lengths. On CUDA libtorch runs them
/// as few kernels where types and layouts allow; elsewhere, and for lists that mix types or devices, it goes through them one by one
/// itself.
/// </summary>
internal static class Foreach
{
    private static readonly Operator AddList = new("aten::_foreach_add", "List"), AddListInPlace = new("aten::_foreach_add_", "List");
    private static readonly Operator AddScalarInPlace = new("aten::_foreach_add_", "Scalar");
    private static readonly Operator MultiplyInPlace = new("aten::_foreach_mul_", "Scalar");
    private static readonly Operator DivideInPlace = new("aten::_foreach_div_", "Scalar");
    private static readonly Operator AddProductInPlace = new("aten::_foreach_addcmul_", "Scalar");
    private static readonly Operator AddQuotientInPlace = new("aten::_foreach_addcdiv_", "Scalar");
    private static readonly Operator SquareRoot = new("aten::_foreach_sqrt"), Negate = new("aten::_foreach_neg");
    private static readonly Operator LargerOf = new("aten::_foreach_maximum", "List"), NormOf = new("aten::_foreach_norm", "Scalar");

    /// <summary>x + alpha · y.</summary>
    internal static Tensor[] Add(Tensor[] x, Tensor[] y, double alpha) => AddList.Tensors(x, y, alpha);

    /// <summary>x += alpha · y.</summary>
    internal static void AddTo(Tensor[] x, Tensor[] y, double alpha) => AddListInPlace.Invoke(x, y, alpha);

    /// <summary>x += value.</summary>
    internal static void AddTo(Tensor[] x, double value) => AddScalarInPlace.Invoke(x, value);

    /// <summary>x *= factor.</summary>
    internal static void Multiply(Tensor[] x, double factor) => MultiplyInPlace.Invoke(x, factor);

    /// <summary>x /= divisor.</summary>
    internal static void Divide(Tensor[] x, double divisor) => DivideInPlace.Invoke(x, divisor);

    /// <summary>x += value · a · b.</summary>
    internal static void AddProduct(Tensor[] x, Tensor[] a, Tensor[] b, double value) => AddProductInPlace.Invoke(x, a, b, value);

    /// <summary>x += value · a / b.</summary>
    internal static void AddQuotient(Tensor[] x, Tensor[] a, Tensor[] b, double value) => AddQuotientInPlace.Invoke(x, a, b, value);

    internal static Tensor[] Sqrt(Tensor[] x) => SquareRoot.Tensors((Value)x);

    internal static Tensor[] Neg(Tensor[] x) => Negate.Tensors((Value)x);

    /// <summary>The larger of x and y.</summary>
    internal static Tensor[] Maximum(Tensor[] x, Tensor[] y) => LargerOf.Tensors(x, y);

    /// <summary>The p-norm of each tensor, scalars.</summary>
    internal static Tensor[] Norm(Tensor[] x, double p) => NormOf.Tensors(x, p);
}
