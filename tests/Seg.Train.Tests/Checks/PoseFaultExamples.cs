using System.Text.Json.Nodes;
using Seg.Models.Configuration;
using Seg.Train.Tests.Datasets;
using Seg.Train.Tests.Datasets.Keypoints;

namespace Seg.Train.Tests.Checks;

/// <summary>For each kind of fault of keypoints, how to get it: the example people, spoilt in one way.</summary>
internal static class PoseFaultExamples
{
    /// <summary>By the kind's id: what spoils the data, and what the report must then say (a file's name, an annotation's id, a value).</summary>
    public static IReadOnlyDictionary<string, (Action<ExamplePeople> Spoil, string Says)> All { get; } = new Dictionary<string, (Action<ExamplePeople>, string)>
    {
        ["no_people"] = (data => data.Train["annotations"] = new JsonArray(), "person_keypoints_train2017.json' holds no annotations."),
        ["unknown_category"] = (AddCategory, "has 2 categories that may be meant: 'person', 'rider'."),
        ["unnamed_keypoints"] = (data => Category(data).Remove("keypoints"), "The category 'person' of '"),
        ["keypoint_count"] = (data => ((JsonArray)data.Person(2)["keypoints"]!).RemoveAt(14),
            "Annotation 20 of 'DIR/annotations/person_keypoints_train2017.json' has 14 numbers for its keypoints, but the 5 of data.keypoints need 15"),
        ["keypoint_order"] = (data => Category(data)["keypoints"] = new JsonArray("nose", "right_hand", "left_hand", "left_foot", "right_foot"),
            "another order than those of data.keypoints: number 1 from 0 is 'right_hand', but should be 'left_hand'"),
        ["annotation_without_image"] = (data => data.Person(3)["image_id"] = 99, "Annotation 21 of 'DIR/annotations/person_keypoints_train2017.json' is of the image 99"),
        ["annotated_image_missing"] = (data => File.Delete(data.Image("train", 2)),
            "should be 'DIR/train2017/002.png', which is not there; annotation 20 and 1 more are of it."),
        ["annotated_size"] = (data => data.Train["images"]![0]!["width"] = 41, "001.png' is 40 x 30 pixels, but the annotations (of the image 1) say 41 x 30."),
        ["doubled_id"] = (data => data.Person(1)["id"] = 10, "Annotation 10 of 'DIR/annotations/person_keypoints_train2017.json' has the id of another"),
        ["non_finite_number"] = (data => Keypoints(data)[0] = JsonNode.Parse("1e999"), "Annotation 10 of '"),
        ["bad_visibility"] = (data => Keypoints(data)[5] = 0.87, "gives 'left_hand' the visibility 0.87"),
        ["labelled_count"] = (data => data.Person(0)["num_keypoints"] = 4, "Annotation 10 of 'DIR/annotations/person_keypoints_train2017.json' says num_keypoints: 4, but 5"),
        ["keypoint_outside"] = (data => Keypoints(data)[3] = 77.5, "has 'left_hand' at (77.5, 13), outside of the image's 40 x 30 pixels"),
        ["empty_box"] = (data => data.Person(0)["bbox"] = new JsonArray(4, 5, 0, 20), "Annotation 10 of 'DIR/annotations/person_keypoints_train2017.json' has a box of 0 x 20 pixels"),
        ["box_outside"] = (data => data.Person(1)["bbox"] = new JsonArray(18, 5, 30, 20), "has a box of 30 x 20 pixels at (18, 5), which reaches beyond the image of 40 x 30"),
        ["box_elsewhere"] = (data => data.Person(0)["bbox"] = new JsonArray(26, 5, 12, 20), "Annotation 10 of 'DIR/annotations/person_keypoints_train2017.json' has 5 labelled keypoints, of which 0"),
        ["unknown_detection_image"] = (SpoilDetections, "'DIR/boxes.json' has 1 box of the image 99, which the annotations do not list"),
        ["keypoint_not_trained"] = (data => Unlabel(data.Train), "'left_hand' is labelled in none of 6 people of 'train', and in 2 of 'val'."),
        ["keypoint_not_scored"] = (data => Unlabel(data.Validation), "'left_hand' is labelled in 6 people of 'train' and in none of 'val'."),
        ["unpaired_side"] = (data => WriteSet(data, text => text.Replace("mirror: right_hand, ", "").Replace("mirror: left_hand, ", "")), "The keypoints 'left_hand', 'right_hand' have no mirror."),
        ["odd_sigma"] = (data => WriteSet(data, text => text.Replace("sigma: 0.09", "sigma: 0.06").Replace("sigma: 0.03", "sigma: 0.06")), "All 5 sigmas are 0.06."),
        ["unused_half_body"] = (data => WriteSet(data, text => text[..text.IndexOf("upper_body", StringComparison.Ordinal)]), "the keypoint set has no upper_body"),
        ["model_keypoints"] = (data => data.Options = data.Options with { ModelClasses = 17 }, "set model.num_classes=5"),
    };

    private static JsonObject Category(ExamplePeople data) => (JsonObject)data.Train["categories"]![0]!;

    private static void AddCategory(ExamplePeople data)
    {
        var rider = (JsonObject)Category(data).DeepClone();
        (rider["id"], rider["name"]) = (2, "rider");
        data.Train["categories"]!.AsArray().Add(rider);
    }

    private static JsonArray Keypoints(ExamplePeople data) => (JsonArray)data.Person(0)["keypoints"]!;

    private static void WriteSet(ExamplePeople data, Func<string, string> change) =>
        data.Config = data.Config with { Keypoints = ConfigReader.Parse<KeypointSetConfig>(change(ExamplePeople.KeypointSet), "set") };

    private static void SpoilDetections(ExamplePeople data)
    {
        File.WriteAllText(data.At("boxes.json"), """
            [{ "image_id": 11, "category_id": 1, "bbox": [3, 4, 10, 20], "score": 0.9 }, { "image_id": 99, "category_id": 1, "bbox": [3, 4, 10, 20], "score": 0.9 }]
            """);
        data.Config = data.Config with { Boxes = "boxes.json" };
    }

    /// <summary>Takes the left hand away from everybody.</summary>
    private static void Unlabel(JsonObject file)
    {
        foreach (var person in file["annotations"]!.AsArray())
        {
            (person!["keypoints"]![3], person["keypoints"]![4], person["keypoints"]![5]) = (0, 0, 0);
            person["num_keypoints"] = 4;
        }
    }
}
