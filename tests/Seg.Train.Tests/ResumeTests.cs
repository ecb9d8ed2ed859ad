using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Weights;
using Seg.Train.Losses;
using Seg.Train.Optimization;
using Seg.Train.Runs;

namespace Seg.Train.Tests;

public sealed class ResumeTests : TrainingRunTests
{
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
        Assert.Equal(whole.BestScore, second.BestScore);
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
        Assert.Null(first.BestScore);
        var progress = new RecordedProgress();
        var second = Train(config, progress, name: "parts", resume: true);

        Assert.Equal([1, 2, 3], progress.Validations.Select(validation => validation.Epoch));
        AssertSameModels(whole.LastModel, second.LastModel);
        Assert.Equal((whole.BestScore, whole.BestEpoch), (second.BestScore, second.BestEpoch));
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
        Assert.Equal((whole.BestScore, whole.BestEpoch), (parts.BestScore, parts.BestEpoch));
        Assert.Equal(Losses(whole), Losses(parts));
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
    public void Resuming_between_two_epochs_with_other_batches_goes_on_at_the_same_share_of_the_schedule()
    {
        var tiny = TestConfigs.Tiny(folder.At("data"));
        var first = tiny with { Train = tiny.Train with { Epochs = 2, Previews = 0 } };
        Assert.Equal(4, Train(first).Steps);
        var progress = new RecordedProgress();

        var result = Train(first with { Train = first.Train with { Epochs = 4, BatchSize = 1 } }, progress, resume: true);

        Assert.Equal((4, 4 + 2 * 4L), (result.Epochs, result.Steps));
        Assert.Equal(0.02 * Math.Pow(0.5, 0.9), progress.Steps[0].LearningRate, 9);
        Assert.Equal(0.02 * Math.Pow(1.0 / 16, 0.9), progress.Steps[^1].LearningRate, 9);
        Assert.All(progress.Steps, step => Assert.True(step.Eta >= TimeSpan.Zero));
        var (steps, _) = MetricsLog.Read(folder.At("run", "metrics.jsonl"));
        double[] places = [0.5, 1, 1.5, 2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 3.75, 4];
        Assert.Equal(places, CurvesWriter.Place(steps).Select(step => step.Epoch));
    }

    [Fact]
    public void Resuming_within_an_epoch_with_other_batches_is_refused_and_says_what_to_do()
    {
        var config = TestConfigs.Tiny(folder.At("data"));
        using var cancellation = new CancellationTokenSource();
        Train(config, new RecordedProgress(step => CancelAt(step, 3, cancellation)), cancellation: cancellation.Token);

        var error = Assert.Throws<InputException>(() => Train(config with { Train = config.Train with { BatchSize = 1 } }, resume: true));

        Assert.Contains("stopped after step 1 of epoch 2, which had 2 steps; epochs now have 4: train.batch_size", error.Message, StringComparison.Ordinal);
        Assert.Contains(folder.At("run", "config.yaml"), error.Message, StringComparison.Ordinal);
        Assert.Equal(6, Train(config, resume: true).Steps);
    }

    [Fact]
    public void Interrupted_in_a_validation_a_run_goes_on_with_other_batches_too()
    {
        var config = TestConfigs.Tiny(folder.At("data"));
        using var cancellation = new CancellationTokenSource();
        Train(config, new RecordedProgress(onValidating: _ => cancellation.Cancel()), cancellation: cancellation.Token);
        var progress = new RecordedProgress();

        var result = Train(config with { Train = config.Train with { BatchSize = 1 } }, progress, resume: true);

        Assert.Equal([1, 2, 3], progress.Validations.Select(validation => validation.Epoch));
        Assert.Equal(2 + 2 * 4, result.Steps);
    }

    [Fact]
    public void A_folder_that_was_chosen_is_resumed_itself_and_of_a_name_of_the_config_the_latest_run()
    {
        var tiny = TestConfigs.Tiny(folder.At("data"));
        var config = tiny with { Train = tiny.Train with { Epochs = 1, Previews = 0 } };
        Train(config);
        Assert.Equal(folder.At("run2"), Train(config).RunDirectory);

        Assert.Equal(folder.At("run"), Train(config, resume: true).RunDirectory);
        var options = new TrainerOptions { RunDirectory = folder.At("run"), Resume = true, ResumesLatest = true, Threads = 1 };
        Assert.Equal(folder.At("run2"), new Trainer(config, options, new RecordedProgress()).Run().RunDirectory);
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
}
