using TorchSharp.Interop;

namespace TorchSharp;

internal static partial class Aten
{
    internal static readonly Operator Select = new("aten::select", "int"), Narrow = new("aten::narrow");
    internal static readonly Operator Slice = new("aten::slice", "Tensor");
    internal static readonly Operator Index = new("aten::index", "Tensor"), IndexPutInPlace = new("aten::index_put_");
    internal static readonly Operator IndexSelect = new("aten::index_select");
    internal static readonly Operator IndexAdd = new("aten::index_add"), IndexAddInPlace = new("aten::index_add_");
    internal static readonly Operator IndexCopyInPlace = new("aten::index_copy_");
    internal static readonly Operator IndexFillInPlace = new("aten::index_fill_", "int_Scalar");
    internal static readonly Operator Take = new("aten::take"), Gather = new("aten::gather");
    internal static readonly Operator Scatter = new("aten::scatter", "src"), ScatterInPlace = new("aten::scatter_", "src");
    internal static readonly Operator ScatterAdd = new("aten::scatter_add"), ScatterAddInPlace = new("aten::scatter_add_");
    internal static readonly Operator MaskedFill = new("aten::masked_fill", "Scalar");
    internal static readonly Operator MaskedFillInPlace = new("aten::masked_fill_", "Scalar");
    internal static readonly Operator MaskedSelect = new("aten::masked_select");
    internal static readonly Operator MaskedScatter = new("aten::masked_scatter"), MaskedScatterInPlace = new("aten::masked_scatter_");
    internal static readonly Operator Where = new("aten::where", "self"), Nonzero = new("aten::nonzero"), ArgWhere = new("aten::argwhere");
    internal static readonly Operator Unbind = new("aten::unbind", "int"), Chunk = new("aten::chunk");
    internal static readonly Operator TensorSplit = new("aten::tensor_split", "sections");
    internal static readonly Operator Split = new("aten::split", "Tensor"), SplitSizes = new("aten::split_with_sizes");
    internal static readonly Operator Cat = new("aten::cat"), Stack = new("aten::stack");
    internal static readonly Operator HorizontalStack = new("aten::hstack"), VerticalStack = new("aten::vstack");
    internal static readonly Operator Bucketize = new("aten::bucketize", "Tensor"), IsIn = new("aten::isin", "Tensor_Tensor");
}
