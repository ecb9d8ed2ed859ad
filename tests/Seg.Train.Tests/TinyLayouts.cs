using Seg.Predict.Imaging;
using Seg.Train.Datasets;
using Seg.Train.Tests.Datasets;

namespace Seg.Train.Tests;

/// <summary>A few small images in the layout of each published data set, with masks of its first classes.</summary>
internal static class TinyLayouts
{
    private const int Width = 96, Height = 64;

    /// <summary>Four images to train on and two to validate on.</summary>
    public static void Write(DataFormat format, string root)
    {
        foreach (var (split, first, count) in new[] { ("train", 0, 4), ("val", 4, 2) })
        {
            for (var index = first; index < first + count; index++)
            {
                var (image, mask) = Paths(format, split, index);
                WritePair(Path.Combine(root, image), Path.Combine(root, mask), format, index);
            }
            if (List(format, split) is { } list)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, list))!);
                File.WriteAllLines(Path.Combine(root, list), Enumerable.Range(first, count).Select(index => $"{index:d6}"));
            }
        }
    }

    private static (string Image, string Mask) Paths(DataFormat format, string split, int index) => format switch
    {
        DataFormat.Ade20k => ($"images/{Ade(split)}/ADE_{split}_{index:d8}.jpg", $"annotations/{Ade(split)}/ADE_{split}_{index:d8}.png"),
        DataFormat.Camvid => ($"images/{split}/{index:d4}.png", $"labels/{split}/{index:d4}.png"),
        DataFormat.Cityscapes => (
            $"leftImg8bit/{split}/town/town_{index:d6}_000019_leftImg8bit.png", $"gtFine/{split}/town/town_{index:d6}_000019_gtFine_labelIds.png"),
        DataFormat.Lip => ($"TrainVal_images/{split}_images/{index}.jpg", $"TrainVal_parsing_annotations/{split}_segmentations/{index}.png"),
        DataFormat.PascalVoc => ($"JPEGImages/{index:d6}.jpg", $"SegmentationClass/{index:d6}.png"),
        DataFormat.PascalContext or DataFormat.PascalContext60 => ($"JPEGImages/{index:d6}.jpg", $"SegmentationClassContext/{index:d6}.png"),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    private static string Ade(string split) => split == "train" ? "training" : "validation";

    private static string? List(DataFormat format, string split) => format switch
    {
        DataFormat.PascalVoc => $"ImageSets/Segmentation/{split}.txt",
        DataFormat.PascalContext or DataFormat.PascalContext60 => $"ImageSets/SegmentationContext/{split}.txt",
        _ => null,
    };

    private static void WritePair(string imagePath, string maskPath, DataFormat format, int seed)
    {
        var ids = ClassTable.Published(NameOf(format)).Ids;
        Directory.CreateDirectory(Path.GetDirectoryName(imagePath)!);
        using var image = Pictures.Noise(Width, Height, seed);
        ImageFile.Write(imagePath, image);
        Pictures.WriteMask(maskPath, (x, y) => ids[(x / 24 + y / 32 + seed) % Math.Min(5, ids.Count)], Width, Height);
    }

    private static string NameOf(DataFormat format) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(format.ToString());
}
