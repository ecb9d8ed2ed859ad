using TorchSharp.Interop;

namespace TorchSharp;

internal static partial class Aten
{
    internal static readonly Operator View = new("aten::view"), Reshape = new("aten::reshape");
    internal static readonly Operator Flatten = new("aten::flatten", "using_ints");
    internal static readonly Operator Ravel = new("aten::ravel");
    internal static readonly Operator Squeeze = new("aten::squeeze"), SqueezeAlong = new("aten::squeeze", "dim");
    internal static readonly Operator SqueezeInPlace = new("aten::squeeze_"), SqueezeAlongInPlace = new("aten::squeeze_", "dim");
    internal static readonly Operator Unsqueeze = new("aten::unsqueeze"), UnsqueezeInPlace = new("aten::unsqueeze_");
    internal static readonly Operator Permute = new("aten::permute"), Transpose = new("aten::transpose", "int");
    internal static readonly Operator TransposeInPlace = new("aten::transpose_"), TransposeMatrix = new("aten::t");
    internal static readonly Operator MoveDimensions = new("aten::movedim", "intlist");
    internal static readonly Operator Expand = new("aten::expand"), BroadcastTo = new("aten::broadcast_to");
    internal static readonly Operator Repeat = new("aten::repeat"), Tile = new("aten::tile");
    internal static readonly Operator RepeatInterleave = new("aten::repeat_interleave", "self_int");
    internal static readonly Operator RepeatInterleaveTensor = new("aten::repeat_interleave", "self_Tensor");
    internal static readonly Operator Flip = new("aten::flip"), FlipLeftRight = new("aten::fliplr"), FlipUpDown = new("aten::flipud");
    internal static readonly Operator Roll = new("aten::roll"), Rotate = new("aten::rot90");
    internal static readonly Operator Contiguous = new("aten::contiguous"), AsStrided = new("aten::as_strided");
    internal static readonly Operator Unfold = new("aten::unfold");
    internal static readonly Operator Diag = new("aten::diag"), Diagonal = new("aten::diagonal");
    internal static readonly Operator LowerTriangle = new("aten::tril"), UpperTriangle = new("aten::triu");
}
