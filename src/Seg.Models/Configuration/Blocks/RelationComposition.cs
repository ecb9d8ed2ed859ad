namespace Seg.Models.Configuration;

/// <summary>
/// How a local relation layer compares a query with a key, both numbers: "appearance composability" in the paper (Hu et al., section 3.2).
/// </summary>
public enum RelationComposition
{
    // The native operator knows these by number (local_relation.h).

    /// <summary>q · k.</summary>
    Product = 0,

    /// <summary>−(q − k)².</summary>
    SquaredDifference = 1,

    /// <summary>−|q − k|.</summary>
    AbsoluteDifference = 2,
}
