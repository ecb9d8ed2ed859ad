namespace TorchSharp;

public static partial class torch
{
    /// <summary>How a quotient becomes a whole number: not at all, towards zero, downwards.</summary>
    public enum RoundingMode
    {
        None,
        trunc,
        floor,
    }
}
