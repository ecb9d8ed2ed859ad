using TorchSharp.Interop;

namespace TorchSharp;

internal static partial class Aten
{
    internal static readonly Operator Relu = new("aten::relu"), ReluInPlace = new("aten::relu_");
    internal static readonly Operator Relu6 = new("aten::relu6"), Relu6InPlace = new("aten::relu6_");
    internal static readonly Operator LeakyRelu = new("aten::leaky_relu"), LeakyReluInPlace = new("aten::leaky_relu_");
    internal static readonly Operator Elu = new("aten::elu"), Gelu = new("aten::gelu");
    internal static readonly Operator Silu = new("aten::silu"), SiluInPlace = new("aten::silu_");
    internal static readonly Operator HardSigmoid = new("aten::hardsigmoid"), HardSwish = new("aten::hardswish");
    internal static readonly Operator SoftPlus = new("aten::softplus"), LogSigmoid = new("aten::log_sigmoid");
    internal static readonly Operator SoftMax = new("aten::softmax", "int"), LogSoftMax = new("aten::log_softmax", "int");
}
