namespace SkiaSharp;

/// <summary>How an image is read when it is drawn larger or smaller than it is.</summary>
public readonly struct SKSamplingOptions(SKFilterMode filter, SKMipmapMode mipmap) : IEquatable<SKSamplingOptions>
{
    /// <summary>The nearest pixel.</summary>
    public static readonly SKSamplingOptions Default;

    public SKSamplingOptions(SKFilterMode filter) : this(filter, SKMipmapMode.None) { }

    public SKFilterMode Filter { get; } = filter;

    public SKMipmapMode Mipmap { get; } = mipmap;

    public bool Equals(SKSamplingOptions obj) => Filter == obj.Filter && Mipmap == obj.Mipmap;

    public override bool Equals(object? obj) => obj is SKSamplingOptions other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Filter, Mipmap);

    public static bool operator ==(SKSamplingOptions left, SKSamplingOptions right) => left.Equals(right);

    public static bool operator !=(SKSamplingOptions left, SKSamplingOptions right) => !left.Equals(right);
}
