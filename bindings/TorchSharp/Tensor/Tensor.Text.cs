using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Shape, type and device; for the elements, see <see cref="TensorExtensionMethods.str"/>.</summary>
        public override string ToString() => TensorText.Summary(this);
    }
}
