using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Seg.Models.Blocks;

/// <summary>A convolution of the authors' networks that is computed in another way, with the same weight.</summary>
public interface ICountedConvolution
{
    /// <summary>As the authors have it: (outChannels, inChannels, kernel, kernel).</summary>
    Parameter Weight { get; }

    /// <summary>The multiply-adds of the authors' convolution, by which networks are compared.</summary>
    /// <param name="parts">What the module was called with.</param>
    /// <param name="output">What it gave.</param>
    long CountMultiplyAdds(Tensor[] parts, Tensor output);
}
