using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Runtime;
using Seg.Models.Weights;
using Seg.Train.Datasets;
using Seg.Train.Losses;
using Seg.Train.Optimization;
using Seg.Train.Runs;
using Seg.Train.Transforms;

namespace Seg.Train.Tests;

public sealed class TrainerTests : TrainingRunTests
{
    [Fact]
    public void Learns_a_handful_of_images_by_heart()
    {
        var tiny = TestConfigs.Tiny(folder.At("data"));
        var config = tiny with
        {
            Data = SegmentationDataConfig.Require(tiny.Data!) with
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

        Assert.True(result.BestScore > 0.9, $"The mean IoU is {result.BestScore:f3}.");
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
        Assert.Equal(progress.Validations.Select(validation => (double?)validation.Scores.All[0].Value), epochs.Select(epoch => epoch.Scores[0].Value));
        Assert.Equal(epochs.Max(epoch => epoch.Scores[0].Value), result.BestScore);
    }

    [Fact]
    public void Previews_that_may_not_be_written_are_a_warning()
    {
        // Nobody may make a folder there, not even the administrator.
        if (!Directory.Exists("/sys/kernel"))
            return;
        Directory.CreateDirectory(folder.At("run"));
        Directory.CreateSymbolicLink(folder.At("run", "previews"), "/sys/kernel");
        var tiny = TestConfigs.Tiny(folder.At("data"));
        var progress = new RecordedProgress();

        var result = Train(tiny with { Train = tiny.Train with { Epochs = 1 } }, progress);

        Assert.Equal((StopReason.Done, folder.At("run")), (result.Reason, result.RunDirectory));
        Assert.StartsWith("No previews were written: ", Assert.Single(progress.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_model_file_describes_itself()
    {
        var config = TestConfigs.Tiny(folder.At("data"));
        var result = Train(config);

        var (network, description) = ModelFile.Load(result.BestModel!);
        using (network)
        {
            Assert.Equal(["ground", "disc", "bar"], description.OutputNames);
            Assert.Equal([64, 96], description.InputSize);
            Assert.Equal(3, description.Model.NumClasses);
        }
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
    public void Several_batches_make_a_step_and_what_is_left_of_an_epoch_waits()
    {
        var tiny = TestConfigs.Tiny(folder.At("data"));
        var progress = new RecordedProgress();

        var result = Train(tiny with { Train = tiny.Train with { BatchSize = 1, Accumulate = 3, Epochs = 2 } }, progress);

        Assert.Equal(2, result.Steps);   // four images an epoch
        Assert.Equal(1, progress.Start!.StepsPerEpoch);
        Assert.Equal([1, 1], progress.Steps.Select(step => step.Step));
        Assert.True(result.BestScore > 0);
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
    public void Half_precision_and_graphs_without_a_gpu_and_weights_for_outputs_that_are_not_there_are_refused_before_a_folder_is_made()
    {
        var tiny = TestConfigs.Tiny(folder.At("data"));

        var error = Assert.Throws<InputException>(() => Train(tiny with { Train = tiny.Train with { Precision = Precision.Fp16 } }));
        Assert.Contains("fp16, which trains on a GPU alone", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<InputException>(() => Train(tiny with { Train = tiny.Train with { CudaGraphs = true } }));
        Assert.Contains("CUDA graphs are for GPUs, and the device is cpu", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<InputException>(() => Train(tiny with { Train = tiny.Train with { OutputWeights = [1, 0.4] } }));
        Assert.Contains("train.output_weights has 2 values, but the network has 1 outputs", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.At("run")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void One_image_a_batch_is_too_little_for_a_norm_of_single_positions_and_that_is_told(int accumulate)
    {
        var tiny = TestConfigs.Tiny(folder.At("data"));
        var config = tiny with
        {
            Model = (SegmentationConfig)tiny.Model with { Head = new StripPoolingHeadConfig { PoolSizes = [4, 1] } },
            Train = tiny.Train with { BatchSize = 1, Accumulate = accumulate, Epochs = 1, Previews = 0 },
        };

        var error = Assert.Throws<BatchTooSmallException>(() => Train(config));
        Assert.Contains("train.batch_size", error.Message, StringComparison.Ordinal);
        Assert.Contains("train.sync_batch_norm", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, Train(config with { Train = config.Train with { BatchSize = 2, Accumulate = 1 } }).Steps);
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
    public void Weights_that_are_no_numbers_are_not_saved_as_the_best_either()
    {
        var tiny = TestConfigs.Tiny(folder.At("data"));
        // A single step an epoch, with a finite loss, after which no weight is finite.
        var optimizer = new OptimizerConfig { LearningRate = 1e30, WeightDecay = 1e15 };
        var wild = tiny.Train with { BatchSize = 4, Previews = 0, Optimizer = optimizer };

        var error = Assert.Throws<TrainingDivergedException>(() => Train(tiny with { Train = wild }));

        Assert.Contains("no finite numbers at step 1", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.At("run", "best.safetensors")));
        Assert.False(File.Exists(folder.At("run", "last.safetensors")));
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
}
