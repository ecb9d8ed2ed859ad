using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Weights;
using Seg.Predict;
using Seg.Predict.Imaging;
using Seg.Predict.Pose;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Jobs;
using Seg.Train.Metrics.Keypoints;

namespace Seg.Train.Tests;

/// <summary>What the trainer does for networks that find everybody in whole images.</summary>
public sealed class BottomUpTrainingTests : TrainingRunTests
{
    private readonly RunConfig tiny;

    public BottomUpTrainingTests()
    {
        TinyScenes.Write(folder.At("scenes"));
        tiny = TinyScenes.Config(folder.At("scenes"));
    }

    [Fact]
    public void Learns_a_handful_of_scenes_by_heart_and_finds_everybody_in_them()
    {
        var data = (PoseDataConfig)tiny.Data!;
        var config = tiny with
        {
            Data = data with { Splits = new() { ["train"] = "train", ["val"] = "train" }, Scenes = new() { Size = [64, 64], Scale = [0.95, 1.05], Rotation = 0, Translation = 0.05 } },
            Train = tiny.Train with { Epochs = 60, BatchSize = 4, ValidateEvery = 60, OutputWeights = [1, 1] },
        };
        var result = Train(config);

        var scores = Assert.IsType<PoseScores>(result.LastValidation);
        Assert.True(scores.Oks.Ap50 > 0.9, $"The AP at OKS 0.5 is {scores.Oks.Ap50:f3}.");
        Assert.Null(scores.Distances);

        using var estimator = PoseEstimatorFactory.Load(result.LastModel, new PredictorOptions { Precision = tiny.Train.Precision, FlipTest = true });
        using var image = ImageFile.ReadColor(Path.Combine(data.Root, "train", "1.png"));
        var found = estimator.Estimate([image])[0].Where(person => person.Score > 0.3).ToArray();
        Assert.Equal(2, found.Length);
        Assert.All(found, person => Assert.InRange(person.Keypoints[1].Y - person.Keypoints[0].Y, 12, 20));     // feet 16 pixels below the head
    }

    [Fact]
    public void Evaluation_of_the_model_file_gives_the_scores_of_the_run()
    {
        var result = Train(tiny);
        var scores = Assert.IsType<PoseScores>(EvaluationJob.Run(new EvaluationRequest
        {
            Model = result.LastModel,
            Predictor = new PredictorOptions { Precision = tiny.Train.Precision },
        }));

        Assert.Equal(Assert.IsType<PoseScores>(result.LastValidation).ToJson(), scores.ToJson());
        var description = Assert.IsType<PoseDescription>(ModelFile.ReadDescription(result.LastModel));
        Assert.Equal([64, 64], description.InputSize);
        Assert.Contains("name: dekr", File.ReadAllText(folder.At("run", "config.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public void Stopped_and_resumed_a_run_ends_with_the_same_weights_bit_by_bit()
    {
        var whole = Train(tiny, name: "whole");
        var parts = Train(tiny, name: "parts", maxTime: TimeSpan.FromTicks(1));
        for (var sitting = 0; sitting < 8 && parts.Reason != StopReason.Done; sitting++)
            parts = Train(tiny, name: "parts", resume: true, maxTime: TimeSpan.FromTicks(1));

        Assert.Equal(StopReason.Done, parts.Reason);
        AssertSameModels(whole.LastModel, parts.LastModel);
    }

    [Fact]
    public void What_does_not_go_together_is_named()
    {
        var data = (PoseDataConfig)tiny.Data!;
        var model = (BottomUpPoseConfig)tiny.Model;

        Assert.Contains("model.num_classes is 5, but the data has 3 keypoints", Fault(tiny with { Model = model with { NumClasses = 5 } }));
        Assert.Contains("needs no boxes; leave data.boxes out", Fault(tiny with { Data = data with { Boxes = "detections.json" } }));
        File.Delete(Path.Combine(data.Root, "train", "1.png"));
        Assert.Contains("1.png", Fault(tiny));
    }

    [Fact]
    public void A_loss_of_another_task_is_a_fault_of_the_config()
    {
        var text = ConfigReader.Write(tiny with { Train = tiny.Train with { Loss = [new Seg.Train.Losses.KeypointMseConfig()] } });

        Assert.Contains("has a loss that is keypoint_mse, which is for model.type: pose", Assert.Throws<ConfigException>(() => ConfigReader.Parse<RunConfig>(text, "test")).Message);
    }

    [Fact]
    public void Augmentation_of_crops_is_refused_but_for_the_default_that_is_written_with_every_config()
    {
        var text = ConfigReader.Write(tiny);
        Assert.Contains("half_body:", text, StringComparison.Ordinal);
        Assert.Equal(text, ConfigReader.Write(ConfigReader.Parse<RunConfig>(text, "test")));

        text = ConfigReader.Write(tiny with { Data = (PoseDataConfig)tiny.Data! with { Augmentation = new() { Rotation = 10 } } });
        var error = Assert.Throws<ConfigException>(() => ConfigReader.Parse<RunConfig>(text, "test"));
        Assert.Contains("data has augmentation, which is read with model.type: pose alone", error.Message, StringComparison.Ordinal);
    }

    private string Fault(RunConfig config) => Assert.Throws<InputException>(() => Train(config)).Message;
}
