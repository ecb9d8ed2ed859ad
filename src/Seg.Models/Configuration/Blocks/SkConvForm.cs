namespace Seg.Models.Configuration;

/// <summary>Which of two descriptions of the selective kernel convolution is meant; they have different weights.</summary>
public enum SkConvForm
{
    /// <summary>
    /// The paper's and the authors': 3x3 kernels with dilation 1, 2, …, no biases, batch norm and ReLU after the squeeze, one convolution
    /// for the branches' weights.
    /// </summary>
    Paper,

    /// <summary>
    /// The common listing: full kernels 3x3, 5x5, 7x7, …, with biases; the squeeze without norm and ReLU; a linear layer for each branch.
    /// </summary>
    Listing,
}
