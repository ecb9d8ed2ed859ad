using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Runtime;
using Seg.Models.Weights;
using Seg.Train.Losses;
using Seg.Train.Optimization;
using Seg.Train.Runs;
using Seg.Train.Transforms;

namespace Seg.Train.Tests;

public sealed class TrainerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public TrainerTests() => TestConfigs.WriteImages(folder.At("data"));

    [Fact]
    public void Learns_a_handful_of_images_by_heart()
    {
        var tiny = TestConfigs.Tiny(folder.At("data"));
        var config = tiny with
        {
            Data = tiny.Data! with
            {
                Splits = new() { ["val"] = "train" },
                Augmentation = new AugmentationConfig { CropSize = [64, 96], Scale = [1, 1], Flip = 0, Photometric = false },
            },
            Train = tiny.Train with
            {
                Epochs = 60,
                BatchSize = 4,
                ValidateEvery = 60,
                Optimizer = new OptimizerConfig { Name = OptimizerName.Adamw, LearningRate = 0.01, WeightDecay = 0 },
            },
        };

        var result = Train(config);

        Assert.True(result.BestMeanIoU > 0.9, $"The mean IoU is {result.BestMeanIoU:f3}.");
    }

    [Fact]
    public void A_run_leaves_every_file_that_is_promised()
    {
        var progress = new RecordedProgress();
        var result = Train(TestConfigs.Tiny(folder.At("data")), progress);

        Assert.Equal(folder.At("run"), result.RunDirectory);
        string[] files =
        [
            "config.yaml", "environment.json", "last.safetensors", "best.safetensors", "last.state.safetensors", "metrics.jsonl", "curves.png",
            "classes.csv", "confusion.png",
        ];
        foreach (var name in files)
            Assert.True(File.Exists(folder.At("run", name)), $"{name} is missing.");
        Assert.Single(Directory.GetFiles(folder.At("run"), "events.out.tfevents.*"));
        Assert.Equal(progress.Validations.Count, Directory.GetDirectories(folder.At("run", "previews"), "epoch_*").Length);
        Assert.All(Directory.GetDirectories(folder.At("run", "previews")), epoch => Assert.Single(Directory.GetFiles(epoch)));
        Assert.Empty(Directory.GetFiles(folder.At("run"), "*.tmp"));
        Assert.False(result.Interrupted);
        Assert.Equal((3, 6L), (result.Epochs, result.Steps));
        Assert.Equal(result, progress.Result);
        Assert.Equal(6, progress.Steps.Count);
        Assert.Empty(progress.Warnings);

        var (steps, epochs) = MetricsLog.Read(folder.At("run", "metrics.jsonl"));
        Assert.Equal([1, 2, 3, 4, 5, 6], steps.Select(step => step.Step));
        Assert.Equal(progress.Steps.Select(step => (double?)step.Loss), steps.Select(step => step.Loss));
        Assert.Equal(progress.Validations.Select(validation => validation.Result.MeanIoU), epochs.Select(epoch => epoch.MeanIoU));
        Assert.Equal(epochs.Max(epoch => epoch.MeanIoU), result.BestMeanIoU);
    }

    [Fact]
    public void The_model_file_describes_itself()
    {
        var config = TestConfigs.Tiny(folder.At("data"));
        var result = Train(config);

        var (network, description) = ModelFile.Load(result.BestModel!);
        using (network)
        {
            Assert.Equal(["ground", "disc", "bar"], description.Labels.Names);
            Assert.Equal([64, 96], description.InputSize);
            Assert.Equal(3, description.Model.NumClasses);
        }
    }

    [Fact]
    public void Interrupted_and_resumed_training_ends_with_the_same_weights_bit_by_bit()
    {
        var config = TestConfigs.Tiny(folder.At("data"));
        var whole = Train(config, name: "whole");

        // Stops after the third of six steps: in the middle of the second epoch.
        using var cancellation = new CancellationTokenSource();
        var stopping = new RecordedProgress(step => CancelAt(step, 3, cancellation));
        var first = Train(config, stopping, name: "parts", cancellation: cancellation.Token);
        Assert.True(first.Interrupted);
        Assert.Equal(3, first.Steps);
        var progress = new RecordedProgress();
        var second = Train(config, progress, name: "parts", resume: true);

        Assert.False(second.Interrupted);
        Assert.Equal(first.RunDirectory, second.RunDirectory);
        Assert.Equal(3, progress.Start!.FirstStep);
        Assert.Empty(progress.Warnings);
        AssertSameModels(whole.LastModel, second.LastModel);
        Assert.Equal(whole.BestMeanIoU, second.BestMeanIoU);
        Assert.Equal(Losses(whole), Losses(second));
    }

    [Fact]
    public void Interrupted_in_a_validation_a_run_goes_on_with_that_validation()
    {
        var config = TestConfigs.Tiny(folder.At("data"));
        var whole = Train(config, name: "whole");

        using var cancellation = new CancellationTokenSource();
        var stopping = new RecordedProgress(onValidating: _ => cancellation.Cancel());
        var first = Train(config, stopping, name: "parts", cancellation: cancellation.Token);
        Assert.True(first.Interrupted);
        Assert.Equal((0, 2L), (first.Epochs, first.Steps));
        Assert.Null(first.BestMeanIoU);
        var progress = new RecordedProgress();
        var second = Train(config, progress, name: "parts", resume: true);

        Assert.Equal([1, 2, 3], progress.Validations.Select(validation => validation.Epoch));
        AssertSameModels(whole.LastModel, second.LastModel);
        Assert.Equal((whole.BestMeanIoU, whole.BestEpoch), (second.BestMeanIoU, second.BestEpoch));
    }

    [Fact]
    public void Every_option_at_once_trains()
    {
        var tiny = TestConfigs.Tiny(folder.At("data"));
        var config = tiny with
        {
            Train = tiny.Train with
            {
                Epochs = 2,
                ValidateEvery = 2,
                Optimizer = new OptimizerConfig
                {
                    Name = OptimizerName.Adamw,
                    LearningRate = 0.01,
                    WeightDecay = 0.05,
                    DecayNormAndBias = false,
                    Beta2 = 0.99,
                },
                Schedule = new PolyScheduleConfig { WarmupSteps = 2 },
                Loss = [new CrossEntropyConfig { ClassWeights = ClassWeighting.Balanced }],
                Precision = TorchRuntime.Current.HasAutocast ? Precision.Bf16 : Precision.Fp32,
                GradientClip = 1,
            },
        };
        var progress = new RecordedProgress();

        var result = Train(config, progress);

        Assert.Equal(4, result.Steps);
        Assert.Single(progress.Validations);
        Assert.Equal(0.01 * 0.1, progress.Steps[0].LearningRate, 9);
        Assert.Equal(0.01 * 0.55 * Math.Pow(0.75, 0.9), progress.Steps[1].LearningRate, 9);
    }

    /// <summary>What a recipe can ask for, each of which has a state that a resumed run must have again.</summary>
    private static readonly Dictionary<string, Func<TrainConfig, TrainConfig>> Recipes = new()
    {
        ["adam, one cycle"] = train => train with
        {
            Optimizer = new OptimizerConfig { Name = OptimizerName.Adam, LearningRate = 0.01 },
            Schedule = new OneCycleScheduleConfig(),
        },
        ["adamw, cosine, parameter groups"] = train => train with
        {
            Optimizer = new OptimizerConfig
            {
                Name = OptimizerName.Adamw,
                LearningRate = 0.01,
                DecayNormAndBias = false,
                BackboneFactor = 0.5,
                Rules = [new ParameterRule { Match = "*.bias", LearningRateFactor = 2 }],
            },
            Schedule = new CosineScheduleConfig { WarmupSteps = 2 },
        },
        ["nesterov, step, clip"] = train => train with
        {
            Optimizer = new OptimizerConfig { LearningRate = 0.02, Nesterov = true },
            Schedule = new StepScheduleConfig { Epochs = [1, 2], Factor = 0.5 },
            GradientClip = 0.5,
        },
        ["ema"] = train => train with { Ema = new AverageConfig { Decay = 0.9, WarmupSteps = 3 } },
        ["accumulate"] = train => train with { BatchSize = 1, Accumulate = 2 },
        ["freeze"] = train => train with { Freeze = new FreezeConfig { Parameters = ["conv1.*", "bn1.*"] } },
        ["losses"] = train => train with
        {
            Loss = [
                new OhemConfig { MinKept = 500, ClassWeights = ClassWeighting.Balanced, BalanceExponent = 0.3 },
                new FocalConfig(), new DiceConfig(), new LovaszConfig { Weight = 0.5 }, new CrossEntropyConfig { LabelSmoothing = 0.1 },
            ],
        },
    };

    public static TheoryData<string> RecipeNames => [.. Recipes.Keys];

    [Theory]
    [MemberData(nameof(RecipeNames))]
    public void Stopped_after_every_step_and_resumed_a_recipe_ends_with_the_same_weights_bit_by_bit(string name)
    {
        var tiny = TestConfigs.Tiny(folder.At("data"));
        var config = tiny with { Train = Recipes[name](tiny.Train with { Epochs = 2, Previews = 0 }) };
        var whole = Train(config, name: "whole");
        Assert.Equal(StopReason.Done, whole.Reason);
        Assert.Equal(4, whole.Steps);

        // No time at all: every sitting makes one step.
        var parts = Train(config, name: "parts", maxTime: TimeSpan.FromTicks(1));
        Assert.Equal((StopReason.OutOfTime, 1L), (parts.Reason, parts.Steps));
        for (var sitting = 0; sitting < 4 && parts.Reason != StopReason.Done; sitting++)
        {
            var progress = new RecordedProgress();
            parts = Train(config, progress, name: "parts", resume: true, maxTime: TimeSpan.FromTicks(1));
            Assert.Empty(progress.Warnings);
        }

        Assert.Equal((StopReason.Done, 4L), (parts.Reason, parts.Steps));
        AssertSameModels(whole.LastModel, parts.LastModel);
        AssertSameModels(whole.BestModel!, parts.BestModel!);
        AssertSameTensors(folder.At("whole", "last.state.safetensors"), folder.At("parts", "last.state.safetensors"));
        Assert.Equal((whole.BestMeanIoU, whole.BestEpoch), (parts.BestMeanIoU, parts.BestEpoch));
        Assert.Equal(Losses(whole), Losses(parts));
    }

    [Fact]
    public void The_average_of_the_weights_is_what_is_saved_and_validated_and_the_run_itself_is_the_same_with_it()
    {
        var tiny = TestConfigs.Tiny(folder.At("data"));
        var plain = Train(tiny, name: "plain");
        var averaged = Train(tiny with { Train = tiny.Train with { Ema = new AverageConfig { Decay = 0.9, WarmupSteps = 0 } } }, name: "averaged");

        Assert.Equal(Losses(plain), Losses(averaged));
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var state = SafeTensors.Read(folder.At("averaged", "last.state.safetensors"));
        using var plainState = SafeTensors.Read(folder.At("plain", "last.state.safetensors"));
        using var model = SafeTensors.Read(averaged.LastModel);
        foreach (var (name, value) in model.Tensors)
        {
            TensorAssert.Close(state.Tensors[$"average/{name}"], value, tolerance: 0);
            TensorAssert.Close(plainState.Tensors[$"weights/{name}"], state.Tensors[$"weights/{name}"], tolerance: 0);
        }
        Assert.Contains(model.Tensors, entry => !entry.Value.allclose(state.Tensors[$"weights/{entry.Key}"]));
        Assert.DoesNotContain(plainState.Tensors, entry => entry.Key.StartsWith("average/", StringComparison.Ordinal));
    }

    [Fact]
    public void An_average_that_is_asked_for_later_begins_with_the_weights_there_are()
    {
        var tiny = TestConfigs.Tiny(folder.At("data"));
        var done = Train(tiny);
        var averaging = tiny with { Train = tiny.Train with { Ema = new AverageConfig() } };

        AssertSameModels(done.LastModel, Train(averaging, resume: true).LastModel);
    }

    [Fact]
    public void Several_batches_make_a_step_and_what_is_left_of_an_epoch_waits()
    {
        var tiny = TestConfigs.Tiny(folder.At("data"));
        var progress = new RecordedProgress();

        var result = Train(tiny with { Train = tiny.Train with { BatchSize = 1, Accumulate = 3, Epochs = 2 } }, progress);

        Assert.Equal(2, result.Steps);   // four images an epoch
        Assert.Equal(1, progress.Start!.StepsPerEpoch);
        Assert.Equal([1, 1], progress.Steps.Select(step => step.Step));
        Assert.True(result.BestMeanIoU > 0);
    }

    [Fact]
    public void A_step_of_several_batches_is_finished_before_an_interruption()
    {
        var tiny = TestConfigs.Tiny(folder.At("data"));
        var config = tiny with { Train = tiny.Train with { BatchSize = 1, Accumulate = 2, Epochs = 2 } };
        var whole = Train(config, name: "whole");
        using var cancellation = new CancellationTokenSource();
        var stopping = new RecordedProgress(step => CancelAt(step, 1, cancellation));
        var first = Train(config, stopping, name: "parts", cancellation: cancellation.Token);
        Assert.Equal((StopReason.Interrupted, 1L), (first.Reason, first.Steps));

        AssertSameModels(whole.LastModel, Train(config, name: "parts", resume: true).LastModel);
    }

    [Fact]
    public void A_run_ends_when_validations_no_longer_get_better_also_when_it_is_resumed()
    {
        var tiny = TestConfigs.Tiny(folder.At("data"));
        // At such a rate the weights hardly move, so that the scores soon stay as they are.
        var config = tiny with { Train = tiny.Train with { Epochs = 80, Patience = 2, Optimizer = new OptimizerConfig { LearningRate = 1e-9 }, Previews = 0 } };
        var progress = new RecordedProgress();

        var result = Train(config, progress);

        Assert.Equal(StopReason.NoImprovement, result.Reason);
        Assert.Equal(result.BestEpoch + 2, result.Epochs);
        Assert.Equal([true, false, false], progress.Validations.TakeLast(3).Select(validation => validation.IsBest));
        var again = Train(config, resume: true);
        Assert.Equal((StopReason.NoImprovement, result.Steps), (again.Reason, again.Steps));
        var patient = Train(config with { Train = config.Train with { Patience = 3 } }, resume: true);
        Assert.True(patient.Steps > result.Steps);
    }

    [Fact]
    public void The_time_of_the_config_stops_a_run_and_the_options_go_before_it()
    {
        var tiny = TestConfigs.Tiny(folder.At("data"));
        var config = tiny with { Train = tiny.Train with { MaxTime = "1s", Epochs = 100_000, ValidateEvery = 100_000 } };

        Assert.Equal(StopReason.OutOfTime, Train(config).Reason);
        Assert.Equal(1, Train(config, maxTime: TimeSpan.FromTicks(1)).Steps);
    }

    [Fact]
    public void Half_precision_without_a_gpu_and_weights_for_outputs_that_are_not_there_are_refused_before_a_folder_is_made()
    {
        var tiny = TestConfigs.Tiny(folder.At("data"));

        var error = Assert.Throws<InputException>(() => Train(tiny with { Train = tiny.Train with { Precision = Precision.Fp16 } }));
        Assert.Contains("fp16, which trains on a GPU alone", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<InputException>(() => Train(tiny with { Train = tiny.Train with { OutputWeights = [1, 0.4] } }));
        Assert.Contains("train.output_weights has 2 values, but the network has 1 outputs", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.At("run")));
    }

    [Fact]
    public void A_finished_run_that_is_resumed_stays_as_it_is()
    {
        var config = TestConfigs.Tiny(folder.At("data"));
        var done = Train(config);
        var before = File.ReadAllBytes(done.LastModel);

        var again = Train(config, resume: true);

        Assert.Equal(done.Steps, again.Steps);
        Assert.Equal(before, File.ReadAllBytes(again.LastModel));
    }

    [Fact]
    public void The_same_seed_gives_the_same_run_and_another_seed_another()
    {
        var config = TestConfigs.Tiny(folder.At("data"));
        var first = Losses(Train(config, name: "first"));

        Assert.Equal(first, Losses(Train(config, name: "second")));
        Assert.NotEqual(first, Losses(Train(config with { Train = config.Train with { Seed = 1 } }, name: "third")));
    }

    [Fact]
    public void A_second_run_of_the_name_gets_a_folder_of_its_own()
    {
        var config = TestConfigs.Tiny(folder.At("data"));
        Train(config);

        Assert.Equal(folder.At("run2"), Train(config).RunDirectory);
    }

    [Fact]
    public void Resuming_with_another_model_is_refused_and_the_difference_named()
    {
        var config = TestConfigs.Tiny(folder.At("data"));
        Train(config);
        var model = (SegmentationConfig)config.Model;

        var other = config with { Model = model with { Backbone = (HRNetConfig)model.Backbone with { Width = 6 } } };
        var error = Assert.Throws<InputException>(() => Train(other, resume: true));
        Assert.Contains("model.backbone.width (was 4, is 6)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resuming_with_more_epochs_goes_on_and_says_what_changed()
    {
        var config = TestConfigs.Tiny(folder.At("data"));
        Train(config);
        var progress = new RecordedProgress();

        var result = Train(config with { Train = config.Train with { Epochs = 4 } }, progress, resume: true);

        Assert.Equal(8, result.Steps);
        Assert.Contains("train.epochs (was 3, is 4)", Assert.Single(progress.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_diverging_run_stops_with_step_rate_and_remedy_and_keeps_the_last_good_checkpoint()
    {
        var config = TestConfigs.Tiny(folder.At("data"));
        var good = Train(config);
        var state = File.ReadAllBytes(folder.At("run", "last.state.safetensors"));
        var wild = config with { Train = config.Train with { Epochs = 30, Optimizer = new OptimizerConfig { LearningRate = 1e30 } } };

        var error = Assert.Throws<TrainingDivergedException>(() => Train(wild, resume: true));

        Assert.Matches(@"at step \d+", error.Message);
        Assert.Contains("learning_rate", error.Message, StringComparison.Ordinal);
        Assert.Contains("warm-up", error.Message, StringComparison.Ordinal);
        Assert.Matches(@"The step's images: \S+, \S+\.", error.Message);
        Assert.Equal(state, File.ReadAllBytes(folder.At("run", "last.state.safetensors")));
        var (network, _) = ModelFile.Load(good.LastModel);
        using (network)
            Assert.All(network.parameters(), parameter => Assert.True(parameter.isfinite().all().item<bool>()));
    }

    [Fact]
    public void An_interruption_before_the_first_step_leaves_a_run_to_resume()
    {
        var config = TestConfigs.Tiny(folder.At("data"));
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        var result = Train(config, cancellation: cancellation.Token);

        Assert.True(result.Interrupted);
        Assert.Equal(0, result.Steps);
        Assert.Equal(6, Train(config, resume: true).Steps);
    }

    [Fact]
    public void Classes_that_the_data_does_not_have_are_refused_before_a_folder_is_made()
    {
        var config = TestConfigs.Tiny(folder.At("data"));

        var wrong = config with { Model = (SegmentationConfig)config.Model with { NumClasses = 5 } };
        var error = Assert.Throws<InputException>(() => Train(wrong));
        Assert.Contains("model.num_classes=3", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.At("run")));
    }

    [Fact]
    public void A_network_that_is_not_for_segmentation_is_refused_before_a_folder_is_made()
    {
        var config = TestConfigs.Tiny(folder.At("data"));

        var pose = config with { Model = new PoseConfig { NumClasses = 3, Backbone = ((SegmentationConfig)config.Model).Backbone } };
        var error = Assert.Throws<InputException>(() => Train(pose));
        Assert.Contains("model.type: segmentation", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.At("run")));
    }

    [Fact]
    public void A_config_without_data_says_so()
    {
        var error = Assert.Throws<InputException>(() => Train(TestConfigs.Tiny() with { Data = null }));
        Assert.Contains("data:", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static void CancelAt(StepReport step, long total, CancellationTokenSource cancellation)
    {
        if (step.TotalStep == total)
            cancellation.Cancel();
    }

    private TrainingResult Train(
        RunConfig config, RecordedProgress? progress = null, string name = "run", bool resume = false,
        CancellationToken cancellation = default, TimeSpan? maxTime = null)
    {
        var options = new TrainerOptions { RunDirectory = folder.At(name), Resume = resume, Threads = 1, MaxTime = maxTime };
        return new Trainer(config, options, progress ?? new RecordedProgress()).Run(cancellation);
    }

    private static double?[] Losses(TrainingResult result) =>
        [.. MetricsLog.Read(Path.Combine(result.RunDirectory, "metrics.jsonl")).Steps.Select(step => step.Loss)];

    private static void AssertSameModels(string expected, string actual)
    {
        var (first, _) = ModelFile.Load(expected);
        var (second, _) = ModelFile.Load(actual);
        using (first)
        using (second)
            TensorAssert.SameState(first, second);
    }

    /// <summary>Every tensor of two files, bit by bit.</summary>
    private static void AssertSameTensors(string expected, string actual)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using SafeTensorsFile first = SafeTensors.Read(expected), second = SafeTensors.Read(actual);
        Assert.Equal(first.Tensors.Keys.Order(), second.Tensors.Keys.Order());
        foreach (var (name, value) in first.Tensors)
            Assert.True(value.equal(second.Tensors[name]).all().item<bool>(), name);
    }
}
