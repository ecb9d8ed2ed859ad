using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using Seg.Models;
using Seg.Predict.Imaging;

namespace Seg.Train.Datasets;

/// <summary>COCO's instances file (Lin et al., arXiv:1405.0312): images, categories, and an outline or run lengths for each object.</summary>
internal sealed class CocoFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new CocoSegmentationConverter() },
    };

    /// <summary>Files in use, by path and time of change: a data set is asked for its classes, files and masks, but read once.</summary>
    private static readonly ConcurrentDictionary<(string Path, DateTime Changed), WeakReference<CocoFile>> Open = new();

    private readonly ILookup<long, CocoAnnotation> byImage;

    private CocoFile(CocoContent content)
    {
        Images = [.. content.Images.OrderBy(image => image.FileName, StringComparer.Ordinal)];
        Categories = content.Categories.ToDictionary(category => category.Id, category => category.Name);
        // The larger below, so that a cup shows on its table; crowds, which are drawn roughly, below all.
        byImage = content.Annotations.OrderBy(annotation => annotation.Iscrowd == 0).ThenByDescending(annotation => annotation.Area)
            .ThenBy(annotation => annotation.Id).ToLookup(annotation => annotation.ImageId);
    }

    /// <summary>In ordinal order of their names.</summary>
    public IReadOnlyList<CocoImage> Images { get; }

    /// <summary>Names by id.</summary>
    public IReadOnlyDictionary<int, string> Categories { get; }

    /// <summary>An image's objects, in the order in which they are drawn.</summary>
    public IEnumerable<DrawnShape> Shapes(CocoImage image) => byImage[image.Id]
        .Where(annotation => annotation.Segmentation is not null)
        .Select(annotation => new DrawnShape(Categories.GetValueOrDefault(annotation.CategoryId, $"category {annotation.CategoryId}"),
            annotation.Segmentation!.Rings)
        { Runs = annotation.Segmentation.Runs });

    /// <exception cref="InputException">The file is missing, unreadable, or no instances file.</exception>
    public static CocoFile Read(string path)
    {
        try
        {
            var key = (Path.GetFullPath(path), File.GetLastWriteTimeUtc(path));
            if (Open.TryGetValue(key, out var reference) && reference.TryGetTarget(out var open))
                return open;
            using var stream = File.OpenRead(path);
            var file = new CocoFile(Named(JsonSerializer.Deserialize<CocoContent>(stream, Options) ?? throw new JsonException("it is empty")));
            Open[key] = new WeakReference<CocoFile>(file);
            return file;
        }
        catch (Exception error) when (error is JsonException or FormatException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"'{path}' is not a COCO instances file: {error.Message.TrimEnd('.')}.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw UnreadableFile.Fault(path, "a COCO instances file", error);
        }
    }

    /// <exception cref="JsonException">An image or a category has no name.</exception>
    private static CocoContent Named(CocoContent content)
    {
        var image = Array.FindIndex(content.Images, entry => entry is not { FileName: not null });
        if (image >= 0)
            throw new JsonException($"images[{image}] has no file_name");
        var category = Array.FindIndex(content.Categories, entry => entry is not { Name: not null });
        return category < 0 ? content : throw new JsonException($"categories[{category}] has no name");
    }
}

/// <summary>The parts of an instances file that are read.</summary>
internal sealed record CocoContent
{
    [JsonRequired]
    public CocoImage[] Images { get; init; } = [];

    [JsonRequired]
    public CocoCategory[] Categories { get; init; } = [];

    [JsonRequired]
    public CocoAnnotation[] Annotations { get; init; } = [];
}

/// <summary>One image; <paramref name="FileName"/> is relative to the folder of images.</summary>
internal sealed record CocoImage(long Id, string FileName, int Width, int Height);

/// <summary>One category.</summary>
internal sealed record CocoCategory(int Id, string Name);

/// <summary>One object.</summary>
internal sealed record CocoAnnotation(long Id, long ImageId, int CategoryId, int Iscrowd, double Area, CocoSegmentation? Segmentation);

/// <summary>An object's outlines, or its run lengths.</summary>
internal sealed record CocoSegmentation(double[][] Rings, RunLengths? Runs);
