using TorchSharp.Interop;

namespace TorchSharp;

internal static partial class Aten
{
    internal static readonly Operator Sum = new("aten::sum"), SumAlong = new("aten::sum", "dim_IntList");
    internal static readonly Operator Mean = new("aten::mean"), MeanAlong = new("aten::mean", "dim");
    internal static readonly Operator Deviation = new("aten::std"), DeviationAlong = new("aten::std", "dim");
    internal static readonly Operator Variance = new("aten::var"), VarianceAlong = new("aten::var", "dim");
    internal static readonly Operator Product = new("aten::prod"), ProductAlong = new("aten::prod", "dim_int");
    internal static readonly Operator Max = new("aten::max"), MaxAlong = new("aten::max", "dim"), MaxAlongAll = new("aten::amax");
    internal static readonly Operator Min = new("aten::min"), MinAlong = new("aten::min", "dim"), MinAlongAll = new("aten::amin");
    internal static readonly Operator MinMax = new("aten::aminmax"), ArgMax = new("aten::argmax"), ArgMin = new("aten::argmin");
    internal static readonly Operator Median = new("aten::median"), Quantile = new("aten::quantile");
    internal static readonly Operator All = new("aten::all"), AllAlong = new("aten::all", "dim");
    internal static readonly Operator Any = new("aten::any"), AnyAlong = new("aten::any", "dim");
    internal static readonly Operator NanSum = new("aten::nansum"), LogSumExp = new("aten::logsumexp");
    internal static readonly Operator Norm = new("aten::norm", "Scalar"), NormAlong = new("aten::norm", "ScalarOpt_dim");
    internal static readonly Operator CountNonzero = new("aten::count_nonzero");
    internal static readonly Operator CountNonzeroAlong = new("aten::count_nonzero", "dim_IntList");
    internal static readonly Operator CumulativeSum = new("aten::cumsum"), CumulativeProduct = new("aten::cumprod");
    internal static readonly Operator BinCount = new("aten::bincount"), Histogram = new("aten::histc");
    internal static readonly Operator KthValue = new("aten::kthvalue");
    internal static readonly Operator TopK = new("aten::topk"), Sort = new("aten::sort", "stable"), ArgSort = new("aten::argsort");
    internal static readonly Operator SearchSorted = new("aten::searchsorted", "Tensor");
    internal static readonly Operator Unique = new("aten::_unique2"), UniqueAlong = new("aten::unique_dim");
}
