using System.Globalization;

namespace TorchSharp;

/// <summary>A float with 8 bits of exponent and 7 of mantissa: the upper half of a float32.</summary>
public readonly struct BFloat16 : IComparable<BFloat16>, IEquatable<BFloat16>, IFormattable
{
    public static readonly BFloat16 Zero = FromRawValue(0x0000);
    public static readonly BFloat16 One = FromRawValue(0x3F80);
    public static readonly BFloat16 NaN = FromRawValue(0x7FC0);
    public static readonly BFloat16 PositiveInfinity = FromRawValue(0x7F80);
    public static readonly BFloat16 NegativeInfinity = FromRawValue(0xFF80);
    public static readonly BFloat16 MaxValue = FromRawValue(0x7F7F);
    public static readonly BFloat16 MinValue = FromRawValue(0xFF7F);

    private readonly ushort bits;

    private BFloat16(ushort bits, bool _) => this.bits = bits;

    /// <summary>The nearest one, ties to even, as libtorch rounds.</summary>
    public BFloat16(float f)
    {
        var full = BitConverter.SingleToUInt32Bits(f);
        bits = float.IsNaN(f)
            ? (ushort)(full >> 16 | 0x0040) // stays a (quiet) NaN though the mantissa's low half is dropped
            : (ushort)((full + 0x7FFF + (full >> 16 & 1)) >> 16);
    }

    public static BFloat16 FromRawValue(ushort rawValue) => new(rawValue, false);

    public static explicit operator float(BFloat16 bf) => bf.ToSingle();

    public static explicit operator double(BFloat16 bf) => bf.ToSingle();

    public static explicit operator BFloat16(float f) => new(f);

    public static explicit operator BFloat16(double d) => new((float)d);

    public static BFloat16 operator +(BFloat16 a, BFloat16 b) => new(a.ToSingle() + b.ToSingle());

    public static BFloat16 operator -(BFloat16 a, BFloat16 b) => new(a.ToSingle() - b.ToSingle());

    public static BFloat16 operator *(BFloat16 a, BFloat16 b) => new(a.ToSingle() * b.ToSingle());

    public static BFloat16 operator /(BFloat16 a, BFloat16 b) => new(a.ToSingle() / b.ToSingle());

    public static BFloat16 operator -(BFloat16 a) => new(-a.ToSingle());

    public static bool operator ==(BFloat16 a, BFloat16 b) => a.ToSingle() == b.ToSingle();

    public static bool operator !=(BFloat16 a, BFloat16 b) => a.ToSingle() != b.ToSingle();

    public static bool operator <(BFloat16 a, BFloat16 b) => a.ToSingle() < b.ToSingle();

    public static bool operator >(BFloat16 a, BFloat16 b) => a.ToSingle() > b.ToSingle();

    public static bool operator <=(BFloat16 a, BFloat16 b) => a.ToSingle() <= b.ToSingle();

    public static bool operator >=(BFloat16 a, BFloat16 b) => a.ToSingle() >= b.ToSingle();

    public static bool IsNaN(BFloat16 bf) => float.IsNaN(bf.ToSingle());

    public static bool IsInfinity(BFloat16 bf) => float.IsInfinity(bf.ToSingle());

    public static bool IsFinite(BFloat16 bf) => float.IsFinite(bf.ToSingle());

    public float ToSingle() => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    public bool Equals(BFloat16 other) => ToSingle().Equals(other.ToSingle());

    public override bool Equals(object? obj) => obj is BFloat16 other && Equals(other);

    public override int GetHashCode() => ToSingle().GetHashCode();

    public int CompareTo(BFloat16 other) => ToSingle().CompareTo(other.ToSingle());

    public override string ToString() => ToSingle().ToString(CultureInfo.InvariantCulture);

    public string ToString(string? format, IFormatProvider? formatProvider) => ToSingle().ToString(format, formatProvider);
}
