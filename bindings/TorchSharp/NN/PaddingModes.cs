namespace TorchSharp;

/// <summary>What stands outside the borders.</summary>
public enum PaddingModes
{
    /// <summary>Zeros.</summary>
    Zeros = 0,
    /// <summary>The inside mirrored at the border's element, which is not repeated.</summary>
    Reflect = 1,
    /// <summary>The border's element.</summary>
    Replicate = 2,
    /// <summary>The other end.</summary>
    Circular = 3,
    /// <summary>A given value.</summary>
    Constant = 4,
}
