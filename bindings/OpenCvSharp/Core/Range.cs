namespace OpenCvSharp;

/// <summary>Rows or columns from <paramref name="Start"/> up to, not with, <paramref name="End"/>.</summary>
public readonly record struct Range(int Start, int End)
{
    /// <summary>Every row or column.</summary>
    public static Range All => new(int.MinValue, int.MaxValue);
}
