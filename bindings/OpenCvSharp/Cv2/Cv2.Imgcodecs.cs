using OpenCvSharp.Internal;

namespace OpenCvSharp;

public static partial class Cv2
{
    /// <summary>Reads an image file; an empty matrix where it is missing or no decoder reads it. Turned upright by its EXIF orientation.</summary>
    public static Mat ImRead(string fileName, ImreadModes flags = ImreadModes.Color) => new(fileName, flags);

    /// <summary>Writes an image file; the name's ending chooses the format.</summary>
    /// <param name="prms">Pairs of <see cref="ImwriteFlags"/> number and value.</param>
    /// <returns>false where the file cannot be written.</returns>
    /// <exception cref="OpenCVException">No encoder has this ending, or it cannot write this type of matrix.</exception>
    public static unsafe bool ImWrite(string fileName, Mat img, int[]? prms = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        fixed (int* parameters = prms)
        {
            NativeMethods.Check(NativeMethods.ocv_imwrite(fileName, In(img), parameters, prms?.Length ?? 0, out var written));
            return written != 0;
        }
    }

    /// <inheritdoc cref="ImWrite(string, Mat, int[])"/>
    public static bool ImWrite(string fileName, Mat img, params ImageEncodingParam[] prms) => ImWrite(fileName, img, Flat(prms));

    /// <summary>Decodes an image; an empty matrix where no decoder reads the bytes.</summary>
    public static Mat ImDecode(byte[] buf, ImreadModes flags)
    {
        ArgumentNullException.ThrowIfNull(buf);
        return ImDecode(new ReadOnlySpan<byte>(buf), flags);
    }

    /// <inheritdoc cref="ImDecode(byte[], ImreadModes)"/>
    public static unsafe Mat ImDecode(ReadOnlySpan<byte> span, ImreadModes flags)
    {
        if (span.IsEmpty)
            throw new ArgumentException("There are no bytes to decode.", nameof(span));
        fixed (byte* bytes = span)
        {
            NativeMethods.Check(NativeMethods.ocv_imdecode(bytes, span.Length, flags, out var handle));
            return new Mat(handle);
        }
    }

    /// <summary>Encodes an image in the format of a file ending such as ".png".</summary>
    /// <param name="prms">Pairs of <see cref="ImwriteFlags"/> number and value.</param>
    /// <exception cref="OpenCVException">No encoder has this ending.</exception>
    public static unsafe bool ImEncode(string ext, InputArray img, out byte[] buf, int[]? prms = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(ext);
        fixed (int* parameters = prms)
        {
            NativeMethods.Check(NativeMethods.ocv_imencode(ext, In(img), parameters, prms?.Length ?? 0, out var encoded, out var buffer));
            using (buffer)
            {
                var bytes = NativeMethods.ocv_buffer_data(buffer, out var length);
                buf = new ReadOnlySpan<byte>(bytes, checked((int)length)).ToArray();
            }
            return encoded != 0;
        }
    }

    /// <inheritdoc cref="ImEncode(string, InputArray, out byte[], int[])"/>
    public static void ImEncode(string ext, InputArray img, out byte[] buf, params ImageEncodingParam[] prms) =>
        ImEncode(ext, img, out buf, Flat(prms));

    private static int[] Flat(ImageEncodingParam[] parameters) => [.. parameters.SelectMany(p => new[] { (int)p.EncodingId, p.Value })];
}
