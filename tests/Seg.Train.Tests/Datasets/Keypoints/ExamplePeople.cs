using System.Text.Json.Nodes;
using Seg.Models.Configuration;
using Seg.Train.Checks;
using Seg.Train.Datasets.Keypoints;

namespace Seg.Train.Tests.Datasets.Keypoints;

/// <summary>
/// A small data set in COCO's form without a fault: three images of 40 x 30 pixels with two people each to train on, two with one person to validate
/// on, five keypoints each. Tests spoil it.
/// </summary>
internal sealed class ExamplePeople : IDisposable
{
    public const int Width = 40, Height = 30;

    public const string KeypointSet = """
        keypoints:
          - { name: nose, sigma: 0.03 }
          - { name: left_hand, mirror: right_hand, sigma: 0.06 }
          - { name: right_hand, mirror: left_hand, sigma: 0.06 }
          - { name: left_foot, mirror: right_foot, sigma: 0.09 }
          - { name: right_foot, mirror: left_foot, sigma: 0.09 }
        skeleton: [[nose, left_hand], [nose, right_hand]]
        upper_body: [nose, left_hand, right_hand]
        """;

    private readonly TemporaryFolder folder = new();

    public ExamplePeople()
    {
        Directory.CreateDirectory(At("annotations"));
        Config = new PoseDataConfig
        {
            Format = PoseDataFormat.CocoKeypoints,
            Root = folder.Path,
            Keypoints = ConfigReader.Parse<KeypointSetConfig>(KeypointSet, "set"),
            Augmentation = new() { CropSize = [32, 24] },
        };
        Train = Split("train", firstImage: 1, images: 3, peoplePerImage: 2);
        Validation = Split("val", firstImage: 11, images: 2, peoplePerImage: 1);
        Save();
    }

    public PoseDataConfig Config { get; set; }

    public DataCheckOptions Options { get; set; } = new() { Threads = 1 };

    /// <summary>The annotations; changed ones are written by <see cref="Save"/>.</summary>
    public JsonObject Train { get; }

    /// <inheritdoc cref="Train"/>
    public JsonObject Validation { get; }

    public string TrainFile => At("annotations", "person_keypoints_train2017.json");

    public string ValidationFile => At("annotations", "person_keypoints_val2017.json");

    public string At(params string[] parts) => folder.At(parts);

    public string Image(string split, int id) => At($"{split}2017", $"{id:d3}.png");

    /// <summary>A person of the training annotations, by its place.</summary>
    public JsonObject Person(int place) => (JsonObject)Train["annotations"]![place]!;

    public void Save()
    {
        File.WriteAllText(TrainFile, Train.ToJsonString());
        File.WriteAllText(ValidationFile, Validation.ToJsonString());
    }

    public void Dispose() => folder.Dispose();

    /// <summary>A person with its nose in the middle of a box, hands to the sides and feet below; the last foot is hidden.</summary>
    public static JsonObject Person(int id, int image, int left, int top) => new()
    {
        ["id"] = id,
        ["image_id"] = image,
        ["category_id"] = 1,
        ["iscrowd"] = 0,
        ["bbox"] = new JsonArray(left, top, 12, 20),
        ["area"] = 150.5,
        ["num_keypoints"] = 5,
        ["keypoints"] = new JsonArray(left + 6, top + 3, 2, left + 10, top + 8, 2, left + 2, top + 9, 2, left + 8, top + 18, 2, left + 4, top + 18, 1),
    };

    private JsonObject Split(string split, int firstImage, int images, int peoplePerImage)
    {
        JsonArray listed = [], people = [];
        for (var image = firstImage; image < firstImage + images; image++)
        {
            Directory.CreateDirectory(At($"{split}2017"));
            Pictures.WriteNoise(Image(split, image), Width, Height, seed: image);
            listed.Add(new JsonObject { ["id"] = image, ["file_name"] = $"{image:d3}.png", ["width"] = Width, ["height"] = Height });
            for (var person = 0; person < peoplePerImage; person++)
                people.Add(Person(10 * image + person, image, 4 + 14 * person, 5));
        }
        JsonObject category = new() { ["id"] = 1, ["name"] = "person", ["keypoints"] = new JsonArray("nose", "left_hand", "right_hand", "left_foot", "right_foot") };
        return new() { ["images"] = listed, ["annotations"] = people, ["categories"] = new JsonArray(category) };
    }
}
