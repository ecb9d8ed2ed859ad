using static TorchSharp.torch;

namespace Seg.Models.Runtime;

/// <summary>A network made into a plan for images of one size: the same numbers as the network's, to rounding (int8's is coarse), in less time.</summary>
/// <remarks>One thread at a time may run it. It holds weights of its own: the network that it was made from may be disposed.</remarks>
public interface ICompiledNetwork : IDisposable
{
    /// <summary>Bytes of maps and weights.</summary>
    long Bytes { get; }

    /// <summary>How many of the network's operators the plan runs by itself, and how many it leaves to libtorch.</summary>
    (int Native, int Torch) Steps { get; }

    /// <summary>How many of the plan's own convolutions multiply whole numbers of 8 bits, and how many there are.</summary>
    (int Quantized, int All) Convolutions { get; }

    /// <summary>The network's output for one image of the size that the plan was made for.</summary>
    /// <param name="image">(1, 3, H, W), float32 or the network's type.</param>
    Tensor Run(Tensor image);
}
