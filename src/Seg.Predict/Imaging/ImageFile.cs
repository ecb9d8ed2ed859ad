using OpenCvSharp;
using Seg.Models;

namespace Seg.Predict.Imaging;

/// <summary>Reads images and label masks, with errors that name the file and the fault, and writes them whole or not at all.</summary>
public static class ImageFile
{
    /// <summary>Extensions that are taken for images, in lower case with the dot.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff", ".ppm", ".pgm"];

    /// <summary>
    /// Reads an image as 8-bit BGR, turned upright as its EXIF orientation says. 16-bit images keep their upper 8 bits, gray ones become three
    /// equal channels, an alpha channel is dropped.
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
        byte[] encoded;
        try
        {
            Cv2.ImEncode(Path.GetExtension(path), image, out encoded);
        }
        catch (OpenCVException error)
        {
            throw new InputException($"Cannot write '{path}': there is no encoder for '{Path.GetExtension(path)}'; use .png or .jpg.", error);
        }
        AtomicFile.Write(path, encoded);
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
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ImageFileException(ImageFault.Missing, $"There is no file '{path}'.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ImageFileException(ImageFault.Unreadable,
                Directory.Exists(path) ? $"'{path}' is a folder, not an image." : $"Cannot read '{path}': {error.Message}", error);
        }
        return bytes.Length > 0 ? bytes : throw new ImageFileException(ImageFault.Empty, $"'{path}' is empty (0 bytes).");
    }

    private static Mat Decode(string path, byte[] bytes, ImreadModes mode)
    {
        ImageIntegrity.Check(path, bytes);
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
        throw new ImageFileException(ImageFault.NoImage, $"'{path}' is not an image that can be decoded; PNG, JPEG, BMP, TIFF and WebP can.");
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
