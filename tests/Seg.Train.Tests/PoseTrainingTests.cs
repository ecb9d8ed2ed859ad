using System.Text.Json;
using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Runtime;
using Seg.Models.Weights;
using Seg.Predict;
using Seg.Train.Checks;
using Seg.Train.Datasets;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Jobs;
using Seg.Train.Metrics.Keypoints;
using Seg.Train.Optimization;
using Seg.Train.Runs;
using Seg.Train.Transforms;

namespace Seg.Train.Tests;

/// <summary>What the trainer does for pose; what it does for any task is tested with segmentation.</summary>
public sealed class PoseTrainingTests : TrainingRunTests
{
    private readonly RunConfig tiny;

    public PoseTrainingTests()
    {
        PoseDataConfig data = new()
        {
            Format = PoseDataFormat.CocoKeypoints,
            Root = folder.At("people"),
            Keypoints = KeypointSetConfig.Read("lsp"),
            Augmentation = new PoseAugmentationConfig { CropSize = [64, 64] },
        };
        TinyPeople.Write(data);
        tiny = new RunConfig
        {
            Model = new PoseConfig
            {
                NumClasses = 14,
                Backbone = new HRNetConfig
                {
                    Width = 4,
                    BottleneckChannels = 8,
                    BlocksPerStage = [1, 1, 1, 1],
                    ModulesPerStage = [1, 1, 1],
                    LastFusion = LastFusion.Finest,
                },
            },
            Data = data,
            Train = new TrainConfig
            {
                Epochs = 2,
                BatchSize = 2,
                Optimizer = new OptimizerConfig { Name = OptimizerName.Adam, LearningRate = 0.001, WeightDecay = 0 },
                Precision = Precision.Fp32,
                Previews = 1,
                Workers = 1,
            },
        };
    }

    [Fact]
    public void Learns_a_handful_of_people_by_heart()
    {
        var data = (PoseDataConfig)tiny.Data!;
        var model = (PoseConfig)tiny.Model;
        var config = tiny with
        {
            Model = model with { Backbone = (HRNetConfig)model.Backbone with { Width = 8 } },
            Data = data with
            {
                Splits = new() { ["val"] = "train2017" },
                Augmentation = new PoseAugmentationConfig { CropSize = [64, 64], Scale = 0, Rotation = 0, Flip = 0, HalfBody = null },
                FlipTest = false,
            },
            Train = tiny.Train with { Epochs = 160, BatchSize = 4, ValidateEvery = 160, Optimizer = tiny.Train.Optimizer with { LearningRate = 0.005 } },
        };

        var result = Train(config);

        var scores = Assert.IsType<PoseScores>(result.LastValidation);
        Assert.True(scores.Distances!.Pck.Mean > 0.85, $"The PCK is {scores.Distances.Pck.Mean:f3}.");
        Assert.True(result.BestScore > 0.6, $"The AP is {result.BestScore:f3}.");
    }

    [Fact]
    public void A_run_leaves_every_file_and_every_score_that_is_promised()
    {
        var progress = new RecordedProgress();
        var result = Train(tiny, progress);

        foreach (var name in new[] { "config.yaml", "last.safetensors", "best.safetensors", "metrics.jsonl", "curves.png", "keypoints.csv" })
            Assert.True(File.Exists(folder.At("run", name)), $"{name} is missing.");
        Assert.False(File.Exists(folder.At("run", "classes.csv")));
        Assert.All(Directory.GetDirectories(folder.At("run", "previews")), epoch => Assert.Single(Directory.GetFiles(epoch)));
        var start = progress.Start!;
        Assert.Equal((4, 2, "people", "AP"), (start.TrainingItems, start.ValidationItems, start.Items, start.Score.Title));
        Assert.Empty(progress.Warnings);

        var epochs = MetricsLog.Read(folder.At("run", "metrics.jsonl")).Epochs;
        Assert.Equal(2, epochs.Count);
        Assert.Equal(
            ["ap", "ap_50", "ap_75", "ap_medium", "ap_large", "ar", "ar_50", "ar_75", "ar_medium", "ar_large", "pck", "pckh", "auc", "epe"],
            epochs[0].Scores.Select(score => score.Key));
        Assert.Equal("joint_pck", epochs[0].PartsKey);
        Assert.Equal(KeypointSet.Read("lsp").Names, epochs[0].Parts.Select(part => part.Key));
        Assert.Null(epochs[0].Scores.First(score => score.Key == "ap_large").Value);   // nobody is large
        Assert.Equal(epochs[^1].Best, result.BestScore);
        Assert.Equal(1 + 14, File.ReadLines(folder.At("run", "keypoints.csv")).Count());
        Assert.Contains("name: keypoint_mse", File.ReadAllText(folder.At("run", "config.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_model_file_describes_itself()
    {
        var model = (PoseConfig)tiny.Model;
        var result = Train(tiny with { Model = model with { Codec = new UdpCodecConfig { Sigma = 1.5 } }, Train = tiny.Train with { Epochs = 1 } });

        var description = Assert.IsType<PoseDescription>(ModelFile.ReadDescription(result.LastModel));
        Assert.Equal(KeypointSet.Read("lsp").Names, description.Keypoints.Names);
        Assert.Equal([64, 64], description.InputSize);
        Assert.Equal(new UdpCodecConfig { Sigma = 1.5 }, ((PoseConfig)description.Model).Codec);
    }

    [Fact]
    public void Stopped_after_every_step_and_resumed_a_run_ends_with_the_same_weights_bit_by_bit()
    {
        var config = tiny with { Train = tiny.Train with { Ema = new AverageConfig { Decay = 0.9, WarmupSteps = 1 }, Previews = 0 } };
        var whole = Train(config, name: "whole");
        Assert.Equal((StopReason.Done, 4L), (whole.Reason, whole.Steps));

        // No time at all: every sitting makes one step.
        var parts = Train(config, name: "parts", maxTime: TimeSpan.FromTicks(1));
        for (var sitting = 0; sitting < 4 && parts.Reason != StopReason.Done; sitting++)
        {
            var progress = new RecordedProgress();
            parts = Train(config, progress, name: "parts", resume: true, maxTime: TimeSpan.FromTicks(1));
            Assert.Empty(progress.Warnings);
        }

        Assert.Equal((StopReason.Done, 4L), (parts.Reason, parts.Steps));
        AssertSameModels(whole.LastModel, parts.LastModel);
        AssertSameTensors(folder.At("whole", "last.state.safetensors"), folder.At("parts", "last.state.safetensors"));
        Assert.Equal((whole.BestScore, whole.BestEpoch), (parts.BestScore, parts.BestEpoch));
        Assert.Equal(Losses(whole), Losses(parts));
    }

    [Fact]
    public void Interrupted_in_a_validation_a_run_goes_on_with_that_validation()
    {
        var whole = Train(tiny, name: "whole");
        using var cancellation = new CancellationTokenSource();
        var stopping = new RecordedProgress(onValidating: _ => cancellation.Cancel());
        Assert.True(Train(tiny, stopping, name: "parts", cancellation: cancellation.Token).Interrupted || stopping.Validations.Count == 1);

        var second = Train(tiny, name: "parts", resume: true);

        AssertSameModels(whole.LastModel, second.LastModel);
        Assert.Equal((whole.BestScore, whole.BestEpoch), (second.BestScore, second.BestEpoch));
    }

    [Fact]
    public void Faulty_files_are_left_out_told_once_and_nobody_in_them_is_missed_where_the_config_says_so()
    {
        File.WriteAllText(folder.At("people", "val2017", "005.png"), "no image");
        var skip = tiny with { Data = tiny.Data! with { FaultyImages = FaultyImagePolicy.Skip, Check = CheckDepth.None }, Train = tiny.Train with { Previews = 0 } };
        var progress = new RecordedProgress();

        var scores = (PoseScores)Train(skip, progress).LastValidation!;

        Assert.Equal((1, 1, 1), (scores.Images, scores.People, scores.Oks.Persons));
        Assert.Single(progress.Warnings, warning => warning.Contains("005.png", StringComparison.Ordinal));
        var error = Assert.Throws<InputException>(() => Train(tiny with { Data = tiny.Data! with { Check = CheckDepth.None } }));
        Assert.Contains("005.png", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Scoring_the_model_gives_what_its_validation_gave(bool flipTest)
    {
        var result = Train(tiny with { Data = (PoseDataConfig)tiny.Data! with { FlipTest = flipTest }, Train = tiny.Train with { Epochs = 1 } });

        var scores = EvaluationJob.Run(new EvaluationRequest { Model = result.LastModel, Predictor = new PredictorOptions { Precision = Precision.Fp32 } });

        Assert.Equal(result.LastValidation!.ToJson(), scores.ToJson());
    }

    [Fact]
    public void A_model_is_scored_by_a_detectors_boxes_too()
    {
        var model = Train(tiny with { Train = tiny.Train with { Epochs = 1 } }).LastModel;
        File.WriteAllText(folder.At("boxes.json"), """
            [{"image_id": 5, "category_id": 1, "bbox": [10, 10, 70, 60], "score": 0.9}, {"image_id": 6, "category_id": 1, "bbox": [12, 8, 66, 60], "score": 0.4},
             {"image_id": 6, "category_id": 1, "bbox": [30, 8, 20, 60], "score": 0.1}]
            """);

        var json = JsonDocument.Parse(EvaluationJob.Run(new EvaluationRequest { Model = model, Boxes = folder.At("boxes.json") }).ToJson()).RootElement;

        Assert.Equal([2, 3, 2], new[] { "images", "people", "persons" }.Select(key => json.GetProperty(key).GetInt32()));
        Assert.InRange(json.GetProperty("ap").GetDouble(), 0, 1);
        Assert.Equal(10, json.GetProperty("stats").GetArrayLength());
        Assert.False(json.TryGetProperty("pck", out _));   // whose boxes these are nobody knows
        var annotated = JsonDocument.Parse(EvaluationJob.Run(new EvaluationRequest { Model = model, Boxes = "annotations" }).ToJson()).RootElement;
        Assert.InRange(annotated.GetProperty("pck").GetDouble(), 0, 1);
        Assert.Equal("torso", annotated.GetProperty("pck_size").GetString());
    }

    [Fact]
    public void Augmentation_of_whole_images_is_a_fault_of_the_config()
    {
        var text = ConfigReader.Write(tiny with { Data = (PoseDataConfig)tiny.Data! with { Scenes = new() } });

        var error = Assert.Throws<ConfigException>(() => ConfigReader.Parse<RunConfig>(text, "test"));
        Assert.Contains("data has scenes, which are read with model.type: bottom_up_pose alone", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_does_not_fit_the_data_is_refused_before_a_folder_is_made()
    {
        var pose = (PoseConfig)tiny.Model;
        Refused(tiny with { Model = pose with { NumClasses = 17 } }, "set model.num_classes=14");
        Refused(tiny with { Model = TestConfigs.Tiny().Model }, "model.type: pose");
        Refused(tiny with { Model = pose with { Codec = new HeatmapCodecConfig { Stride = 8 } } }, "model.codec");
        Refused(TestConfigs.Tiny(folder.At("data")) with { Model = pose }, "model.type: segmentation");

        void Refused(RunConfig config, string why)
        {
            var error = Assert.Throws<InputException>(() => Train(config));
            Assert.Contains(why, error.Message, StringComparison.Ordinal);
            Assert.False(Directory.Exists(folder.At("run")));
        }
    }

    [Fact]
    public void A_model_of_one_task_is_not_scored_on_data_of_another()
    {
        var pose = Train(tiny with { Train = tiny.Train with { Epochs = 1 } }, name: "pose").LastModel;
        var masks = Train(TestConfigs.Tiny(folder.At("data")), name: "masks").LastModel;

        Refused(new() { Model = pose, Config = folder.At("masks", "config.yaml") }, "Give a segmentation model");
        Refused(new() { Model = masks, Config = folder.At("pose", "config.yaml") }, "Give a pose model");
        Refused(new() { Model = masks, Boxes = "boxes.json" }, "leave --boxes out");
        File.Move(folder.At("pose", "config.yaml"), folder.At("pose", "moved.yaml"));
        Refused(new() { Model = pose, Data = folder.At("people") }, "Give --config");

        static void Refused(EvaluationRequest request, string why) =>
            Assert.Contains(why, Assert.Throws<InputException>(() => EvaluationJob.Run(request)).Message, StringComparison.Ordinal);
    }
}
