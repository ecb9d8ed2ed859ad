using OpenCvSharp;
using Seg.Models;

namespace Seg.Predict.Imaging;

/// <summary>Reads images and label masks, with errors that name the file and the fault, and writes them whole or not at all.</summary>
public static class ImageFile
{
    // OpenCV's own limits, and libjpeg's.
    private const long MostPixels = 1 << 30;
    private const int LongestSide = 1 << 20, LongestJpegSide = 65_500;

    private const long MostPixelsEncodedInMemory = 1 << 26;

    /// <summary>Extensions that are taken for images, in lower case with the dot.</summary>
    public static IReadOnlyList<string> Extensions { get; } =
        [".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff", ".ppm", ".pgm", ".gif"];

    /// <summary>
    /// Reads an image as 8-bit BGR, turned upright as its EXIF orientation says. 16-bit images keep their upper 8 bits, gray ones become
    /// three equal channels, an alpha channel is dropped, inks (CMYK) become the colours that they leave of white. Of an animation or of
    /// several pages the first picture is taken.
    /// </summary>
    /// <returns>A (height, width) matrix of type CV_8UC3.</returns>
    /// <exception cref="ImageFileException">The file is missing, unreadable, no image, or ends early.</exception>
    public static Mat ReadColor(string path) => ReadColor(path, ReadBytes(path));

    /// <inheritdoc cref="ReadColor(string)"/>
    /// <param name="path">What messages call it.</param>
    /// <param name="bytes">The file's content.</param>
    public static Mat ReadColor(string path, byte[] bytes) => Decode(path, bytes, ImreadModes.Color);

    /// <summary>
    /// Reads a label mask: the stored values, one of 8 bits a pixel. Of a palette PNG these are the indices, not the colours; of a PNG with 1, 2 or 4
    /// bits a pixel the values are not stretched to 0–255; a 16-bit mask is taken where no value is above 255.
    /// </summary>
    /// <returns>A (height, width) matrix of type CV_8UC1.</returns>
    /// <exception cref="ImageFileException">The file is missing, unreadable, no image, ends early, is a colour image, or has values above 255.</exception>
    public static Mat ReadGray(string path) => ReadGray(path, ReadBytes(path));

    /// <inheritdoc cref="ReadGray(string)"/>
    /// <param name="path">What messages call it.</param>
    /// <param name="bytes">The file's content.</param>
    public static Mat ReadGray(string path, byte[] bytes)
    {
        if (LabelPng.IsIndexed(bytes))
        {
            ImageIntegrity.Check(path, bytes);
            return LabelPng.Read(path, bytes);
        }
        var image = Decode(path, bytes, ImreadModes.Unchanged);
        if (image.Channels() != 1)
        {
            var channels = image.Channels();
            image.Dispose();
            throw new ImageFileException(ImageFault.ColorMask,
                $"'{path}' has {channels} channels, but a label mask has one: save class ids as 8-bit gray or as a palette PNG.");
        }
        return image.Depth() == MatType.CV_8U ? image : Narrow(path, image);
    }

    /// <summary>Writes an image in the format that the extension names; PNG without loss, JPEG at quality 95.</summary>
    /// <exception cref="IOException">The file cannot be written; nothing half-written stays, and an older file is as it was.</exception>
    /// <exception cref="InputException">The extension names no format that can be written.</exception>
    public static void Write(string path, Mat image)
    {
        try
        {
            if (image.Total() > MostPixelsEncodedInMemory)
            {
                WriteToDisk(path, image);
                return;
            }
            Cv2.ImEncode(Path.GetExtension(path), image, out var encoded);
            AtomicFile.Write(path, encoded);
        }
        catch (OpenCVException error)
        {
            throw new InputException($"Cannot write '{path}': there is no encoder for '{Path.GetExtension(path)}'; use .png or .jpg.", error);
        }
    }

    /// <summary>As <see cref="Write"/>, without an encoded copy in memory, which of a large image counts.</summary>
    internal static void WriteToDisk(string path, Mat image)
    {
        var temporary = Path.ChangeExtension(path, ".tmp" + Path.GetExtension(path));   // the format is chosen by the last extension
        try
        {
            if (!Cv2.ImWrite(temporary, image))
                throw new IOException($"Cannot write '{path}'. Free space there or choose another folder.");
            AtomicFile.Commit(temporary, path);
        }
        finally
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }

    /// <summary>A file's content.</summary>
    /// <exception cref="ImageFileException">It is missing, unreadable or empty.</exception>
    public static byte[] ReadBytes(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var fault = error is FileNotFoundException or DirectoryNotFoundException ? ImageFault.Missing : ImageFault.Unreadable;
            throw new ImageFileException(fault, UnreadableFile.Message(path, "an image", error), error);
        }
        return bytes.Length > 0 ? bytes : throw new ImageFileException(ImageFault.Empty, $"'{path}' is empty (0 bytes).");
    }

    private static Mat Decode(string path, byte[] bytes, ImreadModes mode)
    {
        ImageIntegrity.Check(path, bytes);
        if (Heif.IsHeif(bytes))
            throw new ImageFileException(ImageFault.NoImage, $"'{path}' is a HEIC or AVIF image, which is not read; convert it to JPEG or PNG.");
        var header = ImageHeader.Read(bytes);
        if (header is not null)
            RequireDecodable(path, header);
        var image = header?.Format switch
        {
            ImageFormat.Gif => Gif.Decode(path, bytes) ?? throw new ImageFileException(
                ImageFault.Truncated, $"'{path}' is a GIF whose first picture is not whole; copy or export it again."),
            ImageFormat.WebP when header.IsAnimation => DecodeAnimation(path, bytes, header),
            // TIFF files are turned by their decoder.
            ImageFormat.Tiff or null => DecodeStill(path, bytes, mode),
            _ when mode == ImreadModes.Unchanged => DecodeStill(path, bytes, mode),
            _ => DecodeStill(path, bytes, mode | ImreadModes.IgnoreOrientation),
        };
        return mode == ImreadModes.Unchanged || header is null or { Format: ImageFormat.Tiff }
            ? image : ImageOrientation.TurnUpright(image, header.Orientation);
    }

    private static Mat DecodeStill(string path, byte[] bytes, ImreadModes mode)
    {
        Mat? image = null;
        try
        {
            image = Cv2.ImDecode(bytes, mode);
            if (!image.Empty())
                return image;
        }
        catch (OpenCVException error)
        {
            throw new ImageFileException(ImageFault.NoImage, $"'{path}' cannot be decoded: {error.Message}", error);
        }
        image.Dispose();
        throw new ImageFileException(
            ImageFault.NoImage, $"'{path}' is not an image that can be decoded; PNG, JPEG, BMP, TIFF, WebP and GIF can.");
    }

    /// <summary>The first picture of an animated WebP, black where it does not fill the animation's size.</summary>
    private static Mat DecodeAnimation(string path, byte[] bytes, ImageHeader header)
    {
        if (WebP.FirstPicture(bytes) is not { } first)
            throw new ImageFileException(ImageFault.Damaged, $"'{path}' is an animated WebP without a picture; export it again.");
        var picture = DecodeStill(path, first.File, ImreadModes.Color);
        if (picture.Cols == header.Width && picture.Rows == header.Height)
            return picture;
        using (picture)
        {
            var (width, height) = (Math.Max(header.Width, first.X + picture.Cols), Math.Max(header.Height, first.Y + picture.Rows));
            RequireSize(path, width, height);
            Mat whole = new(height, width, MatType.CV_8UC3, new Scalar(0, 0, 0));
            using var place = whole[new Rect(first.X, first.Y, picture.Cols, picture.Rows)];
            picture.CopyTo(place);
            return whole;
        }
    }

    /// <exception cref="ImageFileException">Decoders would make something else of it than it shows, or cannot take it.</exception>
    private static void RequireDecodable(string path, ImageHeader header)
    {
        var problem = header switch
        {
            { IsCmyk: true, Format: ImageFormat.Jpeg, HasAdobeMark: false } =>
                "is a JPEG in CMYK without Adobe's mark, so that nobody knows whether 0 is no ink or all of it; save it as RGB",
            { IsCmyk: true, Bits: > 8 } => "is in CMYK with 16 bits a channel; save it as RGB",
            { HasFractions: true } or { Bits: > 16 } =>
                "holds numbers that are no colours (fractions, or more than 16 bits); save it with 8 or 16 bits a channel",
            { Format: ImageFormat.Jpeg } when Math.Max(header.Width, header.Height) > LongestJpegSide =>
                $"is {header.Width} x {header.Height} pixels, but JPEG decoders take {LongestJpegSide} a side at most; save it as PNG",
            _ => null,
        };
        if (problem is not null)
            throw new ImageFileException(ImageFault.NoImage, $"'{path}' {problem}.");
        RequireSize(path, header.Width, header.Height);
    }

    /// <summary>Also for what a file says of its size behind its header, before memory is asked for.</summary>
    /// <exception cref="ImageFileException">The image is too large for its decoder.</exception>
    internal static void RequireSize(string path, int width, int height)
    {
        if ((long)width * height > MostPixels || Math.Max(width, height) > LongestSide)
            throw new ImageFileException(ImageFault.NoImage,
                $"'{path}' is {width} x {height} pixels by its header; {MostPixels} in all and {LongestSide} a side can be decoded.");
    }

    private static Mat Narrow(string path, Mat image)
    {
        using (image)
        {
            Cv2.MinMaxLoc(image, out double least, out double greatest);
            if (least < 0 || greatest > byte.MaxValue)
            {
                throw new ImageFileException(ImageFault.WideValues,
                    $"'{path}' holds the value {(least < 0 ? least : greatest)}, but class ids are 0 to 255.");
            }
            var narrow = new Mat();
            image.ConvertTo(narrow, MatType.CV_8UC1);
            return narrow;
        }
    }
}
