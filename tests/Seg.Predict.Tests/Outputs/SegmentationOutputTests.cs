using System.Text.Json;
using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;
using Seg.Predict.Inputs;
using Seg.Predict.Jobs;
using Seg.Predict.Outputs;

namespace Seg.Predict.Tests.Outputs;

public sealed class SegmentationOutputTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Each_class_that_occurs_gets_a_mask_of_its_own()
    {
        var map = TestImages.Street(30, 20);
        Write(new ClassMaskOutput(TestImages.Classes), map, "a/x");
        Assert.Equal(["a/x_classes/car.png", "a/x_classes/road.png", "a/x_classes/sky.png"], folder.Files("out"));
        foreach (var (name, id) in TestImages.Classes.Names.Select((name, id) => (name, id)))
        {
            using var mask = ImageFile.ReadGray(folder[$"out/a/x_classes/{name}.png"]);
            Assert.Equal(map.Labels.Select(label => label == id ? (byte)255 : (byte)0), TestImages.Values(mask));
        }
        // A class that is gone in the next prediction is gone from the folder.
        Write(new ClassMaskOutput(TestImages.Classes), new LabelMap(2, 1, [1, 1]), "a/x");
        Assert.Equal(["a/x_classes/sky.png"], folder.Files("out"));
    }

    [Fact]
    public void Names_of_classes_become_names_of_files_unlike_each_other() => Assert.Equal(
        ["traffic light", "a_b_1", "A_B_2", "______x", "_4", "car__ _script_"],
        ClassMaskOutput.FileNames(["traffic light", "a/b", "A:B", "../../x", "", "car<> <script>"]));

    [Fact]
    public void Ids_of_16_bits_have_the_same_values_as_those_of_8()
    {
        LabelMap map = new(3, 2, [0, 1, 2, 254, 255, 7]);
        Write(new IdsOutput(PredictionOutputs.Ids), map, "x");
        Write(new IdsOutput(PredictionOutputs.Ids16), map, "x");
        using Mat narrow = Cv2.ImRead(folder["out/x_ids.png"], ImreadModes.Unchanged), wide = Cv2.ImRead(folder["out/x_ids16.png"], ImreadModes.Unchanged);
        Assert.Equal((MatType.CV_8UC1, MatType.CV_16UC1), (narrow.Type(), wide.Type()));
        Assert.Equal(map.Labels, TestImages.Values(narrow));
        for (var index = 0; index < 6; index++)
            Assert.Equal(map.Labels[index], wide.At<ushort>(index / 3, index % 3));
    }

    [Fact]
    public void Cityscapes_gets_its_own_label_ids()
    {
        Write(new CityscapesOutput(TestImages.Classes), new LabelMap(4, 1, [0, 1, 2, 255]), "frankfurt_000000_000294_leftImg8bit");
        using var ids = ImageFile.ReadGray(folder["out/frankfurt_000000_000294_leftImg8bit_pred_labelIds.png"]);
        Assert.Equal([7, 23, 26, 0], TestImages.Values(ids));   // road, sky, car, and none
        var fault = Assert.Throws<InputException>(() => new CityscapesOutput(TestImages.Classes with { Names = ["road", "lamp post", "car"] }));
        Assert.Equal("The model's classes are not those of Cityscapes: 'lamp post' is none of them, and has no label id there.", fault.Message);
    }

    [Fact]
    public void COCO_results_have_an_entry_for_each_class_of_each_image()
    {
        InputItem first = new("/data/in/a/12.jpg", IsVideo: false, "a/12"), second = new("7.png", IsVideo: false, "7");
        using CocoRleOutput output = new(TestImages.Classes, ImageIds.ByName([first, second]));
        var files = Files();
        output.Write(Source(first), new LabelMap(2, 2, [1, 0, 0, 1]), files);
        output.Write(Source(second), new LabelMap(2, 1, [255, 255]), files);
        Assert.DoesNotContain("segments.json", folder.Files("out"));
        output.Finish(files);
        Assert.Equal(["segments.json"], folder.Files("out"));
        Assert.Equal(
            "[{\"image_id\":12,\"file_name\":\"a/12.jpg\",\"category_id\":1,\"category\":\"road\",\"segmentation\":{\"size\":[2,2],\"counts\":\"121\"}},"
            + "{\"image_id\":12,\"file_name\":\"a/12.jpg\",\"category_id\":2,\"category\":\"sky\",\"segmentation\":{\"size\":[2,2],\"counts\":\"0120\"}}]",
            File.ReadAllText(folder["out/segments.json"]));
        Assert.Equal([folder["out/segments.json"]], files.Written);
    }

    [Fact]
    public void COCO_polygons_are_a_data_set_with_an_annotation_for_each_region()
    {
        InputItem input = new("x.png", IsVideo: false, "x");
        using CocoPolygonOutput output = new(TestImages.Classes, ImageIds.ByName([input]));
        var files = Files();
        output.Write(Source(input), new LabelMap(4, 2, [1, 0, 0, 1, 1, 0, 0, 1]), files);
        output.Finish(files);
        using var json = JsonDocument.Parse(File.ReadAllText(folder["out/polygons.json"]));
        Assert.Equal(["road", "sky", "car"], json.RootElement.GetProperty("categories").EnumerateArray().Select(one => one.GetProperty("name").GetString()));
        Assert.Equal("[{\"id\":1,\"file_name\":\"x.png\",\"width\":4,\"height\":2}]", json.RootElement.GetProperty("images").GetRawText());
        Assert.Equal(
            [
                "{\"id\":1,\"image_id\":1,\"category_id\":1,\"iscrowd\":0,\"area\":4,\"bbox\":[1,0,2,2],\"segmentation\":[[3,0,3,2,1,2,1,0]]}",
                "{\"id\":2,\"image_id\":1,\"category_id\":2,\"iscrowd\":0,\"area\":2,\"bbox\":[0,0,1,2],\"segmentation\":[[1,0,1,2,0,2,0,0]]}",
                "{\"id\":3,\"image_id\":1,\"category_id\":2,\"iscrowd\":0,\"area\":2,\"bbox\":[3,0,1,2],\"segmentation\":[[4,0,4,2,3,2,3,0]]}",
            ],
            json.RootElement.GetProperty("annotations").EnumerateArray().Select(one => one.GetRawText()));
    }

    [Fact]
    public void A_list_that_is_not_finished_leaves_nothing()
    {
        InputItem input = new("x.png", IsVideo: false, "x");
        using (CocoRleOutput output = new(TestImages.Classes, ImageIds.ByName([input])))
            output.Write(Source(input), TestImages.Street(8, 6), Files());
        Assert.Empty(folder.Files("out"));
    }

    [Fact]
    public void Folders_that_cannot_be_made_and_inputs_that_would_be_lost_are_told()
    {
        File.WriteAllText(folder["out/a"], "a file where the folder should be");
        var fault = Assert.Throws<IOException>(() => Write(new IdsOutput(PredictionOutputs.Ids), TestImages.Street(4, 4), "a/x"));
        Assert.Contains($"Cannot make a folder for '{folder["out"]}/a/x_ids.png'", fault.Message, StringComparison.Ordinal);

        InputItem image = new(folder["out/x.png"], IsVideo: false, "x"), sheet = new(folder["out/x_ids.png"], IsVideo: false, "x_ids");
        ResultFiles files = new(new PredictRequest { Model = "", Inputs = [], Output = folder["out"] }, [image, sheet]);
        var loss = Assert.Throws<InputException>(() => files.Next(image, "_ids.png"));
        Assert.Contains("would overwrite an input; choose another folder with --out", loss.Message, StringComparison.Ordinal);
    }

    private void Write(SegmentationOutput output, LabelMap map, string name)
    {
        using (output)
            output.Write(Source(new InputItem(name + ".png", IsVideo: false, name)), map, Files());
    }

    private ResultFiles Files() => new(new PredictRequest { Model = "", Inputs = [], Output = folder["out"] }, []);

    private static SourceImage Source(InputItem input) => new(input, new InputException("These outputs look at the labels alone."));
}
