using OpenCvSharp.Internal;

namespace OpenCvSharp;

public static partial class Cv2
{
    public static void Add(InputArray src1, InputArray src2, OutputArray dst, InputArray? mask = null, int dtype = -1) =>
        Calculate(ArithmeticOperation.Add, src1, src2, dst, mask, 1, dtype);

    public static void Subtract(InputArray src1, InputArray src2, OutputArray dst, InputArray? mask = null, int dtype = -1) =>
        Calculate(ArithmeticOperation.Subtract, src1, src2, dst, mask, 1, dtype);

    public static void Multiply(InputArray src1, InputArray src2, OutputArray dst, double scale = 1, int dtype = -1) =>
        Calculate(ArithmeticOperation.Multiply, src1, src2, dst, null, scale, dtype);

    public static void Divide(InputArray src1, InputArray src2, OutputArray dst, double scale = 1, MatType? dtype = null) =>
        Calculate(ArithmeticOperation.Divide, src1, src2, dst, null, scale, dtype?.Value ?? -1);

    public static void Absdiff(InputArray src1, InputArray src2, OutputArray dst) =>
        Calculate(ArithmeticOperation.Absdiff, src1, src2, dst);

    public static void Min(InputArray src1, InputArray src2, OutputArray dst) => Calculate(ArithmeticOperation.Min, src1, src2, dst);

    public static void Max(InputArray src1, InputArray src2, OutputArray dst) => Calculate(ArithmeticOperation.Max, src1, src2, dst);

    public static void BitwiseAnd(InputArray src1, InputArray src2, OutputArray dst, InputArray? mask = null) =>
        Combine(BitwiseOperation.And, src1, src2, dst, mask);

    public static void BitwiseOr(InputArray src1, InputArray src2, OutputArray dst, InputArray? mask = null) =>
        Combine(BitwiseOperation.Or, src1, src2, dst, mask);

    public static void BitwiseXor(InputArray src1, InputArray src2, OutputArray dst, InputArray? mask = null) =>
        Combine(BitwiseOperation.Xor, src1, src2, dst, mask);

    public static void BitwiseNot(InputArray src, OutputArray dst, InputArray? mask = null) =>
        Combine(BitwiseOperation.Not, src, src, dst, mask);

    /// <summary>src1 · alpha + src2 · beta + gamma.</summary>
    public static void AddWeighted(
        InputArray src1, double alpha, InputArray src2, double beta, double gamma, OutputArray dst, int dtype = -1) =>
        NativeMethods.Check(NativeMethods.ocv_add_weighted(In(src1), alpha, In(src2), beta, gamma, Out(dst), dtype));

    /// <summary>255 where the comparison holds, else 0.</summary>
    public static void Compare(InputArray src1, InputArray src2, OutputArray dst, CmpType cmpop) =>
        NativeMethods.Check(NativeMethods.ocv_compare(In(src1), In(src2), Out(dst), cmpop));

    /// <summary>255 where every channel lies within the bounds, both included; else 0.</summary>
    public static void InRange(InputArray src, InputArray lowerb, InputArray upperb, OutputArray dst) =>
        NativeMethods.Check(NativeMethods.ocv_in_range(In(src), In(lowerb), In(upperb), Out(dst)));

    /// <inheritdoc cref="InRange(InputArray, InputArray, InputArray, OutputArray)"/>
    public static void InRange(InputArray src, Scalar lowerb, Scalar upperb, OutputArray dst)
    {
        using var lower = InputArray.Create(lowerb);
        using var upper = InputArray.Create(upperb);
        InRange(src, lower, upper, dst);
    }

    /// <summary>Replaces every byte by the table's entry at it.</summary>
    /// <param name="lut">256 entries, of one channel or as many as the image has.</param>
    public static void LUT(InputArray src, InputArray lut, OutputArray dst) =>
        NativeMethods.Check(NativeMethods.ocv_lut(In(src), In(lut), Out(dst)));

    /// <inheritdoc cref="LUT(InputArray, InputArray, OutputArray)"/>
    public static void LUT(InputArray src, byte[] lut, OutputArray dst)
    {
        ArgumentNullException.ThrowIfNull(lut);
        if (lut.Length != 256)
            throw new ArgumentException($"A table has 256 entries; {lut.Length} were given.", nameof(lut));
        using var table = Mat.FromArray(lut);
        LUT(src, table, dst);
    }

    /// <summary>saturate(|src · alpha + beta|) as bytes.</summary>
    public static void ConvertScaleAbs(InputArray src, OutputArray dst, double alpha = 1, double beta = 0) =>
        NativeMethods.Check(NativeMethods.ocv_convert_scale_abs(In(src), Out(dst), alpha, beta));

    public static void Flip(InputArray src, OutputArray dst, FlipMode flipCode) =>
        NativeMethods.Check(NativeMethods.ocv_flip(In(src), Out(dst), flipCode));

    public static void Rotate(InputArray src, OutputArray dst, RotateFlags rotateCode) =>
        NativeMethods.Check(NativeMethods.ocv_rotate(In(src), Out(dst), rotateCode));

    public static void Transpose(InputArray src, OutputArray dst) => NativeMethods.Check(NativeMethods.ocv_transpose(In(src), Out(dst)));

    public static void CopyMakeBorder(
        InputArray src, OutputArray dst, int top, int bottom, int left, int right, BorderTypes borderType, Scalar? value = null) =>
        NativeMethods.Check(NativeMethods.ocv_copy_make_border(In(src), Out(dst), top, bottom, left, right, borderType, value ?? default));

    private static void Calculate(
        ArithmeticOperation operation, InputArray a, InputArray b, OutputArray dst, InputArray? mask = null, double scale = 1, int type = -1) =>
        NativeMethods.Check(NativeMethods.ocv_arithmetic(operation, In(a), In(b), Out(dst), InputArray.OptionalHandle(mask), scale, type));

    private static void Combine(BitwiseOperation operation, InputArray a, InputArray b, OutputArray dst, InputArray? mask) =>
        NativeMethods.Check(NativeMethods.ocv_bitwise(operation, In(a), In(b), Out(dst), InputArray.OptionalHandle(mask)));
}
