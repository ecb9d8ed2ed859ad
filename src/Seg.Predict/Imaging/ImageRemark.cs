using Seg.Predict.Inputs;

namespace Seg.Predict.Imaging;

/// <summary>Something about an image file that a user may not expect, though it can be used.</summary>
/// <param name="Kind">What it has in common with others, as it stands behind their number: "images are …".</param>
/// <param name="Case">This file, with its own words.</param>
public sealed record ImageRemark(string Kind, string Case)
{
    /// <summary>What there is to say of a file that was decoded.</summary>
    /// <param name="path">What messages call it.</param>
    /// <param name="file">Its content.</param>
    public static IReadOnlyList<ImageRemark> Of(string path, ReadOnlySpan<byte> file)
    {
        if (ImageHeader.Read(file) is not { } header)
            return [];
        List<ImageRemark> remarks = [];
        if (ImageHeader.Promised(path) is { } promised ? promised != header.Format : FileKind.HasVideoExtension(path))
        {
            remarks.Add(new(
                "images are of another format than their names say; their content was gone by", $"'{path}' is a {header.Format} file"));
        }
        if (header.IsAnimation)
            remarks.Add(new("images are animated; the first picture of each was taken", $"'{path}' has {header.Pictures}"));
        else if (header.Pictures > 1)
            remarks.Add(new("images have several pages; the first of each was taken", $"'{path}' has {header.Pictures}"));
        return remarks;
    }
}
