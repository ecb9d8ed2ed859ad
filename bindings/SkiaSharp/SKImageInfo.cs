namespace SkiaSharp;

/// <summary>The size and the pixel format of an image.</summary>
public struct SKImageInfo(int width, int height, SKColorType colorType, SKAlphaType alphaType) : IEquatable<SKImageInfo>
{
    public static readonly SKImageInfo Empty;

    /// <summary>Cairo's own order of bytes on little-endian machines: drawn on with no conversion.</summary>
    public static readonly SKColorType PlatformColorType = SKColorType.Bgra8888;

    public SKImageInfo(int width, int height) : this(width, height, PlatformColorType, SKAlphaType.Premul) { }

    public SKImageInfo(int width, int height, SKColorType colorType) : this(width, height, colorType, SKAlphaType.Premul) { }

    public SKImageInfo(int width, int height, SKAlphaType alphaType) : this(width, height, PlatformColorType, alphaType) { }

    public int Width { readonly get; set; } = width;

    public int Height { readonly get; set; } = height;

    public SKColorType ColorType { readonly get; set; } = colorType;

    public SKAlphaType AlphaType { readonly get; set; } = alphaType;

    public readonly int BytesPerPixel => ColorType switch
    {
        SKColorType.Rgba8888 or SKColorType.Bgra8888 => 4,
        SKColorType.Gray8 => 1,
        _ => 0,
    };

    public readonly int BitsPerPixel => BytesPerPixel * 8;

    public readonly int BytesSize => Width * Height * BytesPerPixel;

    public readonly long BytesSize64 => (long)Width * Height * BytesPerPixel;

    public readonly int RowBytes => Width * BytesPerPixel;

    public readonly long RowBytes64 => (long)Width * BytesPerPixel;

    public readonly bool IsEmpty => Width <= 0 || Height <= 0;

    public readonly bool IsOpaque => AlphaType == SKAlphaType.Opaque;

    public readonly SKSizeI Size => new(Width, Height);

    public readonly SKRectI Rect => SKRectI.Create(Width, Height);

    public readonly SKImageInfo WithSize(int width, int height) => new(width, height, ColorType, AlphaType);

    public readonly SKImageInfo WithColorType(SKColorType newColorType) => new(Width, Height, newColorType, AlphaType);

    public readonly SKImageInfo WithAlphaType(SKAlphaType newAlphaType) => new(Width, Height, ColorType, newAlphaType);

    public readonly bool Equals(SKImageInfo obj) =>
        Width == obj.Width && Height == obj.Height && ColorType == obj.ColorType && AlphaType == obj.AlphaType;

    public override readonly bool Equals(object? obj) => obj is SKImageInfo other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(Width, Height, ColorType, AlphaType);

    public static bool operator ==(SKImageInfo left, SKImageInfo right) => left.Equals(right);

    public static bool operator !=(SKImageInfo left, SKImageInfo right) => !left.Equals(right);
}
