using System.Text.Json;
using OpenCvSharp;
using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Runtime;
using Seg.Predict.Imaging;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Optimization;
using Seg.Train.Transforms;

namespace Seg.Train.Tests;

/// <summary>Images with several people of three keypoints each: a blue head above a red left and a green right foot.</summary>
internal static class TinyScenes
{
    public const int Height = 64, Width = 64;

    private static readonly Scalar[] Colors = [new(255, 64, 64), new(64, 64, 255), new(64, 255, 64)];

    /// <summary>Writes two people an image in COCO's form, and a box of a third one whose keypoints nobody knows.</summary>
    public static void Write(string root, int train = 4, int validation = 2)
    {
        var random = new Random(3);
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(root).FullName, "keypoints.yaml"), """
            keypoints:
              - { name: head, sigma: 0.1, color: "#4040ff" }
              - { name: left, mirror: right, sigma: 0.1, color: "#ff4040" }
              - { name: right, mirror: left, sigma: 0.1, color: "#40ff40" }
            skeleton: [[head, left], [head, right]]
            """);
        Directory.CreateDirectory(Path.Combine(root, "annotations"));
        foreach (var (split, count) in new[] { ("train", train), ("val", validation) })
        {
            Directory.CreateDirectory(Path.Combine(root, split));
            List<object> images = [], annotations = [];
            for (var index = 1; index <= count; index++)
                WriteImage(root, split, index, random, images, annotations);
            File.WriteAllText(Path.Combine(root, "annotations", $"person_keypoints_{split}.json"), JsonSerializer.Serialize(new
            {
                images,
                annotations,
                categories = new[] { new { id = 1, name = "person", keypoints = new[] { "head", "left", "right" } } },
            }));
        }
    }

    /// <summary>A run on them that a test can afford.</summary>
    public static RunConfig Config(string root) => new()
    {
        Model = new BottomUpPoseConfig
        {
            NumClasses = 3,
            Backbone = new HRNetConfig
            {
                Width = 8,
                BottleneckChannels = 8,
                BlocksPerStage = [1, 1, 1, 1],
                ModulesPerStage = [1, 1, 1],
                Interpolation = FusionInterpolation.Nearest,
            },
            Head = new DekrHeadConfig { HeatmapChannels = 8, ChannelsPerKeypoint = 6, OffsetBlocks = 1 },
            Codec = new DekrCodecConfig { NmsKeypoints = 1, LeastArea = 0, Sigma = 1, CenterSigma = 1.5, OffsetRadius = 2, FlipShift = false },
        },
        Data = new PoseDataConfig
        {
            Format = PoseDataFormat.CocoKeypoints,
            Root = root,
            Keypoints = KeypointSetConfig.Read(Path.Combine(root, "keypoints.yaml")),
            Splits = new() { ["train"] = "train", ["val"] = "val" },
            FlipTest = false,
            Scenes = new SceneAugmentationConfig { Size = [64, 64], Scale = [0.9, 1.1], Rotation = 10, Translation = 0.05 },
        },
        Train = new TrainConfig
        {
            Epochs = 2,
            BatchSize = 2,
            Optimizer = new OptimizerConfig { Name = OptimizerName.Adam, LearningRate = 0.005, WeightDecay = 0 },
            Precision = Precision.Fp32,
            Previews = 1,
            Workers = 1,
        },
    };

    private static void WriteImage(string root, string split, int index, Random random, List<object> images, List<object> annotations)
    {
        using var image = new Mat(Height, Width, MatType.CV_8UC3, new Scalar(30, 30, 30));
        for (var person = 0; person < 2; person++)
        {
            var (x, y) = (13 + person * 32 + random.Next(7), 12 + random.Next(24));
            (int X, int Y)[] joints = [(x, y), (x - 6, y + 16), (x + 6, y + 16)];
            for (var joint = 0; joint < joints.Length; joint++)
                Cv2.Circle(image, joints[joint].X, joints[joint].Y, 3, Colors[joint], thickness: -1);
            annotations.Add(Annotation(2 * index + person, index, [x - 10, y - 4, 20, 24], [.. joints.SelectMany(joint => new[] { joint.X, joint.Y, 2 })]));
        }
        annotations.Add(Annotation(1000 + index, index, [0, 0, 6, 6], [0, 0, 0, 0, 0, 0, 0, 0, 0]));
        images.Add(new { id = index, file_name = $"{index}.png", width = Width, height = Height });
        ImageFile.Write(Path.Combine(root, split, $"{index}.png"), image);
    }

    private static object Annotation(int id, int image, int[] bbox, int[] keypoints) => new
    {
        id,
        image_id = image,
        category_id = 1,
        iscrowd = 0,
        area = bbox[2] * bbox[3],
        bbox,
        num_keypoints = keypoints.Where((_, index) => index % 3 == 2).Count(visibility => visibility > 0),
        keypoints,
    };
}
