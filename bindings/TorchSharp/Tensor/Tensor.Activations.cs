using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator ReluOperator = new("aten::relu");

        public Tensor relu() => ReluOperator.Tensor(this);
    }
}
