namespace Seg.Models.Configuration;

/// <summary>How the weights of a network start before training.</summary>
public enum Initialization
{
    /// <summary>As the authors' code does: HRNet draws every convolution from a normal distribution of deviation 0.001.</summary>
    Official,

    /// <summary>
    /// Convolutions from a normal distribution of deviation sqrt(2 / (output channels · kernel elements)), He et al., arXiv:1502.01852.
    /// </summary>
    Kaiming,
}
