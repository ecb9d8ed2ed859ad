using System.Text.Json;
using System.Text.Json.Nodes;
using Seg.Models;
using Seg.Models.Configuration;
using Seg.Train.Checks;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Tests.Datasets;
using Seg.Train.Tests.Datasets.Keypoints;

namespace Seg.Train.Tests.Checks;

public sealed class PoseCheckTests : IDisposable
{
    private readonly ExamplePeople data = new();

    public static TheoryData<string> Kinds => [.. KeypointFaultKinds.All.Select(kind => kind.Id)];

    public void Dispose() => data.Dispose();

    [Fact]
    public void People_without_a_fault_have_none()
    {
        Assert.Empty(Check().Faults);
        data.Options = data.Options with { Depth = CheckDepth.Quick, ModelClasses = 5, BatchSize = 6 };
        Assert.Empty(Check().Faults);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_kind_of_fault_is_found_alone_and_says_where_it_is(string id)
    {
        var (spoil, says) = PoseFaultExamples.All[id];
        spoil(data);
        var report = Check();

        var fault = Assert.Single(report.Faults);
        Assert.Equal(id, fault.Kind.Id);
        Assert.Contains(says.Replace("DIR", data.At(), StringComparison.Ordinal), fault.Detail, StringComparison.Ordinal);
        Assert.EndsWith(fault.Kind.Remedy, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
        if (says.StartsWith("Annotation ", StringComparison.Ordinal))
            Assert.StartsWith($"Annotation {fault.Annotation} of", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_keeps_people_from_being_trained_on()
    {
        foreach (var kind in KeypointFaultKinds.All.Where(kind => kind.Severity == FaultSeverity.Error
            && kind != KeypointFaultKinds.ModelKeypoints && kind != KeypointFaultKinds.AnnotatedSize))
        {
            using var spoilt = new ExamplePeople();
            PoseFaultExamples.All[kind.Id].Spoil(spoilt);
            spoilt.Save();
            var error = Assert.Throws<InputException>(() => KeypointDatasetFactory.Create(spoilt.Config, "train"));
            Assert.EndsWith(kind.Remedy, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Data_of_a_bottom_up_model_are_compared_with_how_whole_images_are_varied_and_counted()
    {
        data.Options = data.Options with { IsBottomUp = true, BatchSize = 3 };
        PoseFaultExamples.All["unused_half_body"].Spoil(data);
        Assert.Empty(Check().Faults);
        PoseFaultExamples.All["unpaired_side"].Spoil(data);
        Assert.Equal("unpaired_side", Assert.Single(Check().Faults).Kind.Id);
        data.Config = data.Config with { Scenes = new() { Flip = 0 } };
        Assert.Empty(Check().Faults);

        data.Options = data.Options with { BatchSize = 4 };
        Assert.Contains("There are 3 images of people to train on, but train.batch_size is 4", Assert.Single(Check().Faults).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "empty_file", "is empty")]
    [InlineData("{", "bad_annotation", "is not a COCO keypoints file")]
    [InlineData("[]", "bad_annotation", "is not a COCO keypoints file")]
    [InlineData("{ \"images\": [], \"annotations\": [], \"categories\": [] }", "no_people", "holds no annotations")]
    [InlineData("{ \"annotations\": [{ \"keypoints\": [1, NaN, 2] }] }", "non_finite_number", "at $.annotations[0].keypoints")]
    [InlineData("{ \"annotations\": [{ \"keypoints\": [1, Infinity, 2] }] }", "non_finite_number", "at $.annotations[0].keypoints")]
    [InlineData("{ \"annotations\": [{ \"bbox\": [1, -Infinity, 2] }] }", "non_finite_number", "at $.annotations[0].bbox")]
    public void A_file_that_is_no_annotation_file_says_why(string text, string kind, string says)
    {
        data.Save();
        File.WriteAllText(data.TrainFile, text);
        var fault = Assert.Single(DataCheck.Run(data.Config, data.Options).Faults, fault => fault.Kind.Severity == FaultSeverity.Error);
        Assert.Equal(kind, fault.Kind.Id);
        Assert.Contains(says, fault.Detail, StringComparison.Ordinal);
        Assert.Contains("person_keypoints_train2017.json", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Flip_pairs_that_are_no_involution_stop_the_check_with_their_file_and_line()
    {
        File.WriteAllText(data.At("keypoints.yaml"), ExamplePeople.KeypointSet.Replace("mirror: left_hand", "mirror: left_foot", StringComparison.Ordinal));
        var error = Assert.ThrowsAny<InputException>(() => KeypointSetConfig.Read(data.At("keypoints.yaml")));
        Assert.Contains("keypoints.yaml", error.Message, StringComparison.Ordinal);
        Assert.Contains("gives left_hand the mirror right_hand, whose mirror is left_foot; two keypoints that change places name each other", error.Message);
    }

    [Fact]
    public void Missing_files_and_folders_are_named()
    {
        File.Delete(data.ValidationFile);
        var fault = Assert.Single(DataCheck.Run(data.Config, data.Options).Faults);
        Assert.Equal(("missing_folder", "val"), (fault.Kind.Id, fault.Split));
        Assert.Contains("There is no annotation file '", fault.Detail, StringComparison.Ordinal);
        data.Config = data.Config with { Root = "/nowhere" };
        Assert.Contains("which data.root names", Assert.Throws<InputException>(Check).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_images_and_images_of_both_splits_are_found()
    {
        File.WriteAllText(data.Image("train", 1), "no picture");
        File.Copy(data.Image("train", 2), data.Image("val", 11), overwrite: true);
        var faults = Check().Faults;
        Assert.Equal(["no_image", "leaked_image"], faults.Select(fault => fault.Kind.Id));
        Assert.Contains("one is in 'train' and one in 'val'", faults[1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_annotations_for_both_splits_are_told_once()
    {
        data.Config = data.Config with { Splits = new() { ["val"] = "train2017" } };
        var fault = Assert.Single(Check().Faults);
        Assert.Equal("shared_split", fault.Kind.Id);
    }

    [Fact]
    public void Warnings_of_a_kind_stand_together_and_count_annotations()
    {
        data.Person(0)["num_keypoints"] = 1;
        data.Person(3)["num_keypoints"] = 2;
        var fault = Assert.Single(Check().Faults);
        Assert.Equal((2, 10L), (fault.Files, fault.Annotation));
    }

    [Fact]
    public void Detections_have_faults_of_their_own()
    {
        data.Config = data.Config with { Boxes = "boxes.json" };
        Assert.Contains("There is no file '", Detections(null).Detail, StringComparison.Ordinal);
        Assert.Equal("empty_file", Detections("").Kind.Id);
        Assert.Equal("bad_annotation", Detections("{}").Kind.Id);
        Assert.Contains("holds no boxes", Detections("[]").Detail, StringComparison.Ordinal);
        Assert.Contains("Detection 0 of", Detections("""[{ "image_id": 11, "score": 1 }]""").Detail, StringComparison.Ordinal);
        Assert.Equal("no_people", Detections("""[{ "image_id": 99, "bbox": [1, 2, 3, 4], "score": 1 }]""").Kind.Id);
        Assert.Contains("no area", Detections("""[{ "image_id": 11, "bbox": [1, 2, 0, 4], "score": 1 }]""").Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "center": [5, 6], "scale": 1, "joints": [], "joints_vis": [] }""", "bad_annotation", "Person 0, counted from 0, of '")]
    [InlineData("""{ "image": "a.png", "scale": 1, "joints": [], "joints_vis": [] }""", "bad_annotation", "no center of two numbers")]
    [InlineData("""{ "image": "a.png", "center": [5, 6], "scale": 0.1, "joints": [[1, 2]], "joints_vis": [1] }""", "keypoint_count", "has 2 numbers in joints and 1 in joints_vis")]
    [InlineData("""{ "image": "b.png", "center": [5, 6], "scale": 0.1, "joints": [1,2,3,4,5,6,7,8,9,9], "joints_vis": [1,1,1,1,1] }""", "annotated_image_missing", "b.png', which is not there")]
    [InlineData("""{ "image": "a.png", "center": [5, 6], "scale": 0.1, "joints": [1,2,3,4,5,6,7,8,9,9], "joints_vis": [1,1,2,1,1] }""", "bad_visibility", "'right_hand' the visibility 2")]
    [InlineData("""{ "image": "a.png", "center": [5, 6], "scale": 1e999, "joints": [1,2,3,4,5,6,7,8,9,9], "joints_vis": [1,1,1,1,1] }""", "non_finite_number", "no finite number")]
    [InlineData("""{ "image": "a.png", "center": [-1, -1], "scale": 0.1, "joints": [1,2,3,4,5,6,7,8,9,9], "joints_vis": [1,1,1,1,1] }""", "empty_box", "the center (-1, -1)")]
    [InlineData("""{ "image": "a.png", "center": [20, 15], "scale": 0.1, "joints": [15,9,18,12,70,15,19,16,20,17], "joints_vis": [1,1,1,1,1] }""", "keypoint_outside", "'right_hand' at (69, 14)")]
    public void Mpii_has_the_same_faults(string entry, string kind, string says)
    {
        Directory.CreateDirectory(data.At("annot"));
        Pictures.WriteNoise(data.At("images", "a.png"), 40, 30, seed: 1);
        File.WriteAllText(data.At("annot", "train.json"), $"[{entry}]");
        data.Config = data.Config with { Format = PoseDataFormat.Mpii };
        data.Options = data.Options with { Splits = ["train"] };
        var fault = Assert.Single(Check().Faults, fault => fault.Kind.Id == kind);
        Assert.Contains(says, fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_counts_keypoints_people_and_boxes()
    {
        data.Person(0)["iscrowd"] = 1;
        data.Person(5)["keypoints"] = new JsonArray([.. Enumerable.Range(0, 15).Select(_ => (JsonNode)0)]);
        data.Person(5)["num_keypoints"] = 0;
        data.Person(2)["bbox"] = new JsonArray(4, 5, 37, 23);
        var train = Check().Splits[0];

        Assert.Equal((3, 4, 1, 1, null), (train.Images, train.People, train.Crowds, train.Unlabelled, train.Detections));
        Assert.Equal([4, 4, 4, 4, 4], train.Labelled);
        Assert.Equal([0, 0, 0, 0, 4], train.Hidden);
        Assert.Equal([(1, 2), (2, 1)], train.PeoplePerImage);
        Assert.Equal((40, 30, 3), Assert.Single(train.Sizes));
        Assert.Equal(Math.Sqrt(11 * 19), train.BoxSizes[0], 5);
        Assert.Equal(Math.Sqrt(35 * 22), train.BoxSizes[^1], 5);

        using var json = JsonDocument.Parse(Check().ToJson());
        var split = json.RootElement.GetProperty("splits")[0];
        Assert.Equal((4, 1), (split.GetProperty("people").GetInt32(), split.GetProperty("crowds").GetInt32()));
        Assert.Equal(JsonValueKind.Null, split.GetProperty("detections").ValueKind);
        var foot = split.GetProperty("keypoints")[4];
        Assert.Equal(("right_foot", 4, 4), (foot.GetProperty("name").GetString(), foot.GetProperty("labelled").GetInt32(), foot.GetProperty("hidden").GetInt32()));
        Assert.Equal(1.0, foot.GetProperty("share").GetDouble());
        Assert.Equal(2, split.GetProperty("people_per_image")[0].GetProperty("images").GetInt32());
    }

    [Fact]
    public void The_report_is_the_same_for_any_number_of_threads()
    {
        PoseFaultExamples.All["annotated_size"].Spoil(data);
        File.WriteAllText(data.Image("train", 2), "no picture");
        var one = Check().ToJson();
        data.Options = data.Options with { Threads = 4 };
        Assert.Equal(one, Check().ToJson());
    }

    [SharedFact("data/lspet")]
    public void Real_people_can_be_trained_on()
    {
        PoseDataConfig config = new()
        {
            Format = PoseDataFormat.CocoKeypoints,
            Root = SharedFiles.At("data", "lspet"),
            Keypoints = KeypointSetConfig.Read("lsp"),
            Splits = new() { ["train"] = "train", ["val"] = "val" },
            ImageFolder = "images/{split}",
        };
        var report = (PoseReport)DataCheck.Run(config, new DataCheckOptions { Depth = CheckDepth.Quick, ModelClasses = 14 });

        Assert.Equal(0, report.Errors);
        Assert.Equal([2498, 500], report.Splits.Select(split => split.People));
        Assert.All(report.Splits, split => Assert.All(split.Labelled, labelled => Assert.True(labelled > split.People / 2)));
    }

    private PoseReport Check()
    {
        data.Save();
        return (PoseReport)DataCheck.Run(data.Config, data.Options);
    }

    private DataFault Detections(string? text)
    {
        if (text is not null)
            File.WriteAllText(data.At("boxes.json"), text);
        return DataCheck.Run(data.Config, data.Options).Faults.First(fault => fault.Kind.Severity == FaultSeverity.Error);
    }
}
