using Seg.Models;
using Seg.Predict.Pose;

namespace Seg.Predict.Tests.Pose;

public sealed class DetectionFileTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Boxes_of_persons_are_read_by_image()
    {
        var file = Read("""
            [{"image_id": 7, "category_id": 1, "bbox": [1, 2, 30, 40.5], "score": 0.9}, {"image_id": 9, "bbox": [0, 0, 5, 5], "score": 0.4},
             {"image_id": 7, "category_id": 3, "bbox": [1, 2, 30, 40], "score": 0.9}, {"image_id": "000000000007", "category_id": 1.0, "bbox": [9, 9, 9, 9]}]
            """);
        Assert.Equal([new(new(1, 2, 30, 40.5f), 0.9f), new(new(9, 9, 9, 9), 1)], file.Of(7));
        Assert.Equal([new(new(0, 0, 5, 5), 0.4f)], file.Of(9));
        Assert.Empty(file.Of(8));
        Assert.Equal([7L, 9L], file.ImageIds);
        Assert.Empty(file.FileNames);
        Assert.Empty(file.Warnings);
    }

    [Fact]
    public void A_data_set_names_its_files_and_its_category_and_crowds_are_no_persons()
    {
        var file = Read("""
            {"images": [{"id": 4, "file_name": "a/x.jpg"}], "categories": [{"id": 2, "name": "dog"}, {"id": 5, "name": "person"}],
             "annotations": [{"id": 1, "image_id": 4, "category_id": 5, "bbox": [1, 2, 3, 4], "iscrowd": 0}, {"image_id": 4, "category_id": 2, "bbox": [1, 2, 9, 9]},
             {"image_id": 4, "category_id": 5, "bbox": [0, 0, 99, 99], "iscrowd": 1}]}
            """);
        Assert.Equal([new(new(1, 2, 3, 4), 1)], file.Of(4));
        Assert.Equal("a/x.jpg", file.FileNames[4]);
    }

    [Fact]
    public void Frames_of_a_video_are_told_by_frame_id_or_by_number()
    {
        var list = Read("""[{"image_id": 2, "bbox": [1, 2, 3, 4]}]""");
        Assert.Single(list.OfFrame(2));
        Assert.Empty(list.OfFrame(1));
        var set = Read("""{"images": [{"id": 9, "frame_id": 0}, {"id": 2, "frame_id": 1}], "annotations": [{"image_id": 2, "bbox": [1, 2, 3, 4]}]}""");
        Assert.Single(set.OfFrame(1));
        Assert.Empty(set.OfFrame(2));
    }

    [Fact]
    public void Low_scores_and_empty_boxes_are_left_out_and_the_latter_counted()
    {
        var file = Read("""
            [{"image_id": 1, "bbox": [1, 2, 0, 40], "score": 0.9}, {"image_id": 2, "bbox": [1, 2, 10, -3], "score": 0.9}, {"image_id": 1, "bbox": [1, 2, 9, 9], "score": 0.2},
             {"image_id": 1, "bbox": [1, 2, 8, 8], "score": 0.8}]
            """, minScore: 0.5);
        Assert.Equal([new(new(1, 2, 8, 8), 0.8f)], file.Of(1));
        Assert.Equal($"2 boxes in '{folder["boxes.json"]}' have no area and were left out (the first: detection 0, of image 1)", Assert.Single(file.Warnings));
    }

    [Theory]
    [InlineData("[]", "holds no boxes")]
    [InlineData("", "is empty")]
    [InlineData("""{"images": []}""", "holds no boxes")]
    [InlineData("""[{"bbox": [1, 2, 3, 4]}]""", "Detection 0 of '{0}' has no 'image_id'.")]
    [InlineData("[null]", "Detection 0 of '{0}' has no 'image_id'.")]
    [InlineData("""[{"image_id": 3, "bbox": [1, 2, 3, 4]}, {"image_id": 3, "bbox": [1, 2, 3]}]""", "Detection 1 of '{0}' has no 'bbox' of four finite numbers: x, y, width and height.")]
    [InlineData("""[{"image_id": 3}]""", "Detection 0 of '{0}' has no 'bbox'")]
    [InlineData("""[{"image_id": "x.jpg", "bbox": [1, 2, 3, 4]}]""", "a whole number is needed here")]
    [InlineData("""[{"image_id": 3, "bbox": [1, 2, 0, 4]}]""", "of 1, 1 have no area, and 0 are of other things or of a lower score.")]
    [InlineData("""[{"image_id": 3, "bbox": [1, 2, 3, 4], "category_id": 2}]""", "of 1, 0 have no area, and 1 are of other things or of a lower score.")]
    [InlineData("boxes", "is not a list of detections in COCO's results form, or a COCO data set")]
    public void Files_that_cannot_be_used_say_why(string content, string message)
    {
        var fault = Assert.Throws<InputException>(() => Read(content));
        Assert.Contains(message.Replace("{0}", folder["boxes.json"], StringComparison.Ordinal), fault.Message, StringComparison.Ordinal);
        Assert.Contains(folder["boxes.json"], fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("none.json", Assert.Throws<InputException>(() => DetectionFile.Read(folder["none.json"])).Message, StringComparison.Ordinal);

    private DetectionFile Read(string content, double minScore = 0)
    {
        File.WriteAllText(folder["boxes.json"], content);
        return DetectionFile.Read(folder["boxes.json"], minScore);
    }
}
