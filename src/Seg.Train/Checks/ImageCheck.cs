using OpenCvSharp;
using Seg.Predict.Imaging;

namespace Seg.Train.Checks;

/// <summary>Looks at the content of one image, whatever is known of what it shows.</summary>
internal static class ImageCheck
{
    /// <summary>Notes size, colours and faults of the image of a sample.</summary>
    /// <returns>null where the file is no image.</returns>
    public static ImageHeader? Inspect(SampleFacts facts)
    {
        var path = facts.Paths.Image;
        try
        {
            var bytes = ImageFile.ReadBytes(path);
            var header = ImageHeader.Read(bytes);
            TellExtension(facts, path, header);
            using var image = ImageFile.ReadColor(path, bytes);
            (facts.Width, facts.Height) = (image.Cols, image.Rows);
            if (header?.HasAlpha == true)
                Tell(FaultKinds.AlphaImage, $"'{path}' has an alpha channel.");
            if (header?.Bits > 8)
                Tell(FaultKinds.DeepImage, $"'{path}' has {header.Bits} bits a channel.");
            var (isGray, isFlat) = Colors(image);
            facts.IsGray = isGray;
            if (isFlat)
                Tell(FaultKinds.FlatImage, $"All pixels of '{path}' have the same colour.");
            return header;
        }
        catch (ImageFileException error)
        {
            facts.Faults.Add(Of(error, path));
            return null;
        }

        void Tell(FaultKind kind, string detail) => facts.Faults.Add(new(kind, detail) { File = path });
    }

    /// <summary>Notes a file whose content is of another format than its name promises.</summary>
    public static void TellExtension(SampleFacts facts, string path, ImageHeader? header)
    {
        if (header is not null && ImageHeader.Promised(path) is { } promised && promised != header.Format)
        {
            facts.Faults.Add(new(FaultKinds.WrongExtension, $"'{path}' is a {header.Format} file by its content.") { File = path });
        }
    }

    /// <summary>The fault of a file that cannot be read.</summary>
    public static DataFault Of(ImageFileException error, string path) => new(error.Fault switch
    {
        ImageFault.Missing => FaultKinds.MissingFile,
        ImageFault.Unreadable => FaultKinds.UnreadableFile,
        ImageFault.Empty => FaultKinds.EmptyFile,
        ImageFault.Truncated => FaultKinds.TruncatedFile,
        ImageFault.Damaged => FaultKinds.DamagedFile,
        ImageFault.ColorMask => FaultKinds.ColorMask,
        ImageFault.WideValues => FaultKinds.WideValues,
        _ => FaultKinds.NoImage,
    }, error.Message)
    { File = path };

    /// <summary>Gray images where others have colours.</summary>
    public static IEnumerable<DataFault> FindGray(IEnumerable<(string Split, SampleFacts[] Facts)> splits)
    {
        var all = splits.SelectMany(split => split.Facts.Select(sample => (Sample: sample, split.Split))).ToArray();
        if (all.All(item => item.Sample.IsGray != false))
            yield break;
        foreach (var (gray, split) in all.Where(item => item.Sample.IsGray == true))
        {
            yield return new(FaultKinds.GrayImage, $"'{gray.Paths.Image}' is gray, but others have colours.")
            { File = gray.Paths.Image, Split = split };
        }
    }

    /// <summary>(width, height) of each size that occurs, and how many images have it; the most frequent first.</summary>
    public static IReadOnlyList<(int Width, int Height, int Images)> Sizes(SampleFacts[] facts) =>
    [
        .. facts.Where(sample => sample.Width > 0).GroupBy(sample => (sample.Width, sample.Height))
            .Select(group => (group.Key.Width, group.Key.Height, group.Count()))
            .OrderByDescending(size => size.Item3).ThenByDescending(size => size.Width),
    ];

    /// <summary>Whether all pixels are gray, and whether all have one colour; most images are found to be neither within a few pixels.</summary>
    private static (bool IsGray, bool IsFlat) Colors(Mat image)
    {
        bool isGray = true, isFlat = true;
        var first = image.RowBytes(0)[..3];
        for (var y = 0; y < image.Rows && (isGray || isFlat); y++)
        {
            ReadOnlySpan<byte> row = image.RowBytes(y);
            for (var x = 0; x < row.Length && (isGray || isFlat); x += 3)
            {
                isGray &= row[x] == row[x + 1] && row[x] == row[x + 2];
                isFlat &= row[x] == first[0] && row[x + 1] == first[1] && row[x + 2] == first[2];
            }
        }
        GC.KeepAlive(image);
        return (isGray, isFlat);
    }
}
