namespace Seg.Models.Configuration;

/// <summary>How a non-local block compares two positions i and j (Wang et al., section 3.2); θ, φ and g are 1x1 convolutions.</summary>
public enum NonLocalPairwise
{
    /// <summary>exp(θ(x_i) · φ(x_j)), over the sum for all j: a softmax.</summary>
    EmbeddedGaussian,

    /// <summary>exp(x_i · x_j), over the sum for all j: a softmax.</summary>
    Gaussian,

    /// <summary>θ(x_i) · φ(x_j), over the number of positions j.</summary>
    DotProduct,

    /// <summary>relu(w · [θ(x_i), φ(x_j)]), over the number of positions j.</summary>
    Concatenation,
}
