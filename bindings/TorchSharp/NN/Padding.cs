namespace TorchSharp;

/// <summary>A convolution's padding by name.</summary>
public enum Padding
{
    /// <summary>None.</summary>
    Valid = 0,
    /// <summary>As much as keeps the extent; stride 1 only.</summary>
    Same = 1,
}
