using OpenCvSharp;
using Seg.Models;
using Seg.Train.Checks;
using Seg.Train.Datasets;

namespace Seg.Train.Tests.Checks;

/// <summary>For each kind of fault, how to get it: the example data set, spoilt in one way.</summary>
internal static class FaultExamples
{
    /// <summary>By the kind's id: what spoils the data, and what the report must then say (a file's name, a value, a class).</summary>
    public static IReadOnlyDictionary<string, (Action<ExampleData> Spoil, string Says)> All { get; } =
        new Dictionary<string, (Action<ExampleData>, string)>
        {
            ["missing_folder"] = (data => Directory.Delete(data.At("masks", "train"), recursive: true), "There is no folder '"),
            ["empty_split"] = (data => Array.ForEach(Directory.GetFiles(data.At("images", "val")), File.Delete), "images/val' holds no images"),
            ["missing_mask"] = (data => File.Delete(data.Mask("train", "b")), "b.png' has no mask"),
            ["missing_image"] = (data => File.Delete(data.Image("val", "e")), "e.png' has no image"),
            ["name_case"] = (data => File.Move(data.Mask("train", "c"), data.Mask("train", "C")), "c.png' and"),
            ["doubled_name"] = (data => ExampleData.WriteImage(data.At("images", "train", "a.jpg"), seed: 9), "a.jpg' and"),
            ["listed_file_missing"] = (SpoilList, "lists 'vanished'"),
            ["unread_file"] = (data => File.WriteAllText(data.At("images", "train", "z.heic"), "?"), ".heic is none of the known formats"),
            ["missing_file"] = (data => Replace(data.Image("train", "a"), path => File.CreateSymbolicLink(path, data.At("nowhere.png"))), "no file"),
            ["unreadable_file"] = (data => Replace(data.Image("train", "a"), path => File.CreateSymbolicLink(path, path)), "Cannot read"),
            ["empty_file"] = (data => File.WriteAllBytes(data.Image("train", "b"), []), "b.png' is empty (0 bytes)"),
            ["truncated_file"] = (data => File.WriteAllBytes(data.Image("val", "d"), File.ReadAllBytes(data.Image("val", "d"))[..^30]), "d.png' is a truncated PNG"),
            ["damaged_file"] = (data => Damage(data.Mask("train", "c")), "checksum"),
            ["no_image"] = (data => File.WriteAllText(data.Image("train", "a"), "This is no picture."), "a.png' is not an image"),
            ["wrong_extension"] = (data => WrongExtension(data.Image("train", "a")), "a.png' is a Jpeg file by its content"),
            ["size_mismatch"] = (data => ExampleData.WriteMask(data.Mask("train", "a"), ExampleData.Stripes, 12, 9), "is 12 x 9 pixels, but its image"),
            ["exif_rotated"] = (data => Turn(data, orientation: 6, 8, 12, 8, 12), "turned to 12 x 8 pixels by its EXIF orientation 6"),
            ["exif_orientation"] = (data => Turn(data, orientation: 3, 12, 8, 12, 8), "turned by its EXIF orientation 3"),
            ["small_image"] = (data => data.Config = data.Config with { Augmentation = new() { CropSize = [8, 16], Scale = [1, 1] } }, "12 x 8 pixels, too small"),
            ["gray_image"] = (data => WriteGray(data.Image("val", "d")), "d.png' is gray"),
            ["alpha_image"] = (data => WriteNoise(data.Image("val", "d"), MatType.CV_8UC4), "d.png' has an alpha channel"),
            ["deep_image"] = (data => WriteNoise(data.Image("val", "d"), MatType.CV_16UC3), "d.png' has 16 bits"),
            ["flat_image"] = (data => ExampleData.WriteMask(data.Image("train", "b"), MatType.CV_8UC3, new Scalar(1, 2, 3)), "b.png' have the same colour"),
            ["color_mask"] = (data => ExampleData.WriteImage(data.Mask("train", "a"), seed: 1), "a.png' has 3 channels"),
            ["alpha_mask"] = (data => WriteNoise(data.Mask("train", "a"), MatType.CV_8UC4), "a.png' has an alpha channel"),
            ["lossy_mask"] = (data => Replace(data.Mask("train", "a"), path => ExampleData.WriteMask(Path.ChangeExtension(path, ".jpg"), ExampleData.Stripes)), "a.jpg' is a JPEG"),
            ["deep_mask"] = (data => ExampleData.WriteMask(data.Mask("train", "a"), MatType.CV_16UC1, Scalar.All(1)), "a.png' has 16 bits"),
            ["wide_values"] = (data => ExampleData.WriteMask(data.Mask("train", "a"), MatType.CV_16UC1, Scalar.All(26001)), "holds the value 26001"),
            ["unknown_value"] = (data => ExampleData.WriteMask(data.Mask("val", "e"), (x, y) => (x, y) == (5, 2) ? 77 : x / 4), "holds the value 77 at column 5, row 2"),
            ["off_by_one"] = (data => data.WriteMasks((x, _) => x / 4 + 1), "data.class_ids=[1, 2, 3]"),
            ["stretched_ids"] = (data => data.WriteMasks((x, _) => x / 4 * 127), "data.class_ids=[0, 127, 254]"),
            ["ignored_class"] = (SpoilBinary, "data.class_ids=[0, 255] with data.ignore_values=[]"),
            ["wrong_palette"] = (SpoilPalette, "gives 1, the id of 'thing', the colour of 'sky'"),
            ["unlabelled_mask"] = (data => ExampleData.WriteMask(data.Mask("val", "e"), (_, _) => 255), "e.png' is ignored"),
            ["one_class_masks"] = (data => Array.ForEach(["d", "e"], name => ExampleData.WriteMask(data.Mask("val", name), (_, _) => 1)), "hold the class 'thing' alone"),
            ["unlabelled_split"] = (data => Array.ForEach(["d", "e"], name => ExampleData.WriteMask(data.Mask("val", name), (_, _) => 255)), "No pixel of 'val'"),
            ["class_list_short"] = (data => data.WriteMasks((x, _) => x / 3), "ids up to 3, but the class list ends with 2 ('sky')"),
            ["class_list_long"] = (data => data.Config = data.Config with { Classes = ["ground", "thing", "sky", "moon", "sun"] }, "in no mask: moon, sun"),
            ["empty_class"] = (data => data.WriteMasks((x, _) => x < 4 ? 0 : 2), "'thing' is in no mask of 'train'"),
            ["class_not_trained"] = (data => Array.ForEach(["a", "b", "c"], name => ExampleData.WriteMask(data.Mask("train", name), (x, _) => x < 4 ? 0 : 2)), "'thing' is in 2 masks of 'val'"),
            ["class_not_scored"] = (data => Array.ForEach(["d", "e"], name => ExampleData.WriteMask(data.Mask("val", name), (x, _) => x < 4 ? 0 : 2)), "'thing' is in 3 masks of 'train'"),
            ["class_count"] = (data => data.Options = data.Options with { ModelClasses = 19 }, "set model.num_classes=3"),
            ["shared_color"] = (data => data.Config = data.Config with { Colors = [new(1, 2, 3), new(4, 5, 6), new(1, 2, 3)] }, "'ground' and 'sky' have the colour [1, 2, 3]"),
            ["duplicate_image"] = (data => File.Copy(data.Image("train", "a"), data.Image("train", "b"), overwrite: true), "b.png' are the same image."),
            ["contradicting_masks"] = (SpoilCopy, "but their masks differ"),
            ["leaked_image"] = (data => File.Copy(data.Image("train", "a"), data.Image("val", "e"), overwrite: true), "one is in 'train' and one in 'val'"),
            ["shared_split"] = (data => data.Config = data.Config with { Splits = new() { ["val"] = "train" } }, "'train' and 'val' have the same files"),
            ["few_images"] = (data => data.Options = data.Options with { BatchSize = 4 }, "3 training images, but train.batch_size is 4"),
            ["bad_annotation"] = (data => SpoilLabelme(data, "{ }"), "a.json' is not the JSON that labelme writes"),
            ["unknown_label"] = (data => SpoilLabelme(data, Labelme("thnig", "[[0, 0], [9, 0], [9, 5]]")), "labelled 'thnig'"),
            ["bad_shape"] = (data => SpoilLabelme(data, Labelme("thing", "[[0, 0], [9, 0]]")), "'thing' that has 2 points"),
            ["shape_outside"] = (data => SpoilLabelme(data, Labelme("thing", "[[0, 0], [90, 0], [9, 5]]")), "the point (90, 0), outside of the image's 12 x 8"),
        };

    private static void Replace(string path, Action<string> write)
    {
        File.Delete(path);
        write(path);
    }

    private static void Damage(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[^20] ^= 0x55;                                // within the compressed pixels
        File.WriteAllBytes(path, bytes);
    }

    private static void WrongExtension(string path)
    {
        var jpeg = Path.ChangeExtension(path, ".jpg");
        ExampleData.WriteImage(jpeg, seed: 4);
        File.Move(jpeg, path, overwrite: true);
    }

    private static void Turn(ExampleData data, int orientation, int width, int height, int maskWidth, int maskHeight)
    {
        File.Delete(data.Image("train", "a"));
        ExampleData.WriteTurnedJpeg(data.At("images", "train", "a.jpg"), orientation, width, height);
        ExampleData.WriteMask(data.Mask("train", "a"), ExampleData.Stripes, maskWidth, maskHeight);
    }

    private static void WriteGray(string path)
    {
        using var gray = Datasets.Pictures.Mask(ExampleData.Width, ExampleData.Height, (x, y) => 20 * x + y);
        Predict.Imaging.ImageFile.Write(path, gray);
    }

    private static void WriteNoise(string path, MatType type)
    {
        using var bytes = Datasets.Pictures.Noise(ExampleData.Width, ExampleData.Height, seed: 3);
        using var image = new Mat(ExampleData.Height, ExampleData.Width, type, new Scalar(10, 200, 30, 120));
        if (type == MatType.CV_16UC3)
            bytes.ConvertTo(image, MatType.CV_16UC3, 200);
        Predict.Imaging.ImageFile.Write(path, image);
    }

    private static void SpoilBinary(ExampleData data)
    {
        data.Config = data.Config with { Classes = ["ground", "thing"] };
        data.WriteMasks((x, _) => x < 6 ? 0 : 255);
    }

    private static void SpoilPalette(ExampleData data)
    {
        Rgb ground = new(9, 9, 9), thing = new(200, 0, 0), sky = new(0, 0, 200);
        data.Config = data.Config with { Colors = [ground, thing, sky] };
        ExampleData.WritePaletteMask(data.Mask("train", "a"), ground, sky, thing);
        ExampleData.WritePaletteMask(data.Mask("train", "b"), ground, thing, sky);
    }

    private static void SpoilCopy(ExampleData data)
    {
        File.Copy(data.Image("train", "a"), data.Image("train", "b"), overwrite: true);
        ExampleData.WriteMask(data.Mask("train", "b"), (x, _) => 2 - x / 4);
    }

    private static void SpoilList(ExampleData data)
    {
        data.Config = data.Config with { Format = DataFormat.PascalVoc };
        foreach (var (split, names) in new[] { ("train", "abc"), ("val", "de") })
        {
            foreach (var name in names)
            {
                Directory.CreateDirectory(data.At("SegmentationClass"));
                ExampleData.WriteImage(data.At("JPEGImages", $"{name}.png"), seed: name);
                ExampleData.WriteMask(data.At("SegmentationClass", $"{name}.png"), ExampleData.Stripes);
            }
            Directory.CreateDirectory(data.At("ImageSets", "Segmentation"));
            File.WriteAllLines(data.At("ImageSets", "Segmentation", $"{split}.txt"), [.. names.Select(name => $"{name}"), .. split == "val" ? ["vanished"] : Array.Empty<string>()]);
        }
    }

    private static string Labelme(string label, string points) =>
        $$"""{ "imageWidth": 12, "imageHeight": 8, "shapes": [{ "label": "{{label}}", "points": {{points}} }] }""";

    private static void SpoilLabelme(ExampleData data, string json)
    {
        data.Config = data.Config with { Format = DataFormat.Labelme };
        foreach (var (split, name) in new[] { ("train", "a"), ("train", "b"), ("val", "d") })
        {
            ExampleData.WriteImage(data.At(split, $"{name}.png"), seed: name[0]);
            File.WriteAllText(data.At(split, $"{name}.json"), name == "a" ? json : Labelme("sky", "[[0, 0], [9, 0], [9, 5]]"));
        }
    }
}
