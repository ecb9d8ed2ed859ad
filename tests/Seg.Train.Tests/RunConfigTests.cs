using System.Runtime.CompilerServices;
using Seg.Models.Configuration;
using Seg.Models.Runtime;
using Seg.Train.Losses;
using Seg.Train.Optimization;

namespace Seg.Train.Tests;

public sealed class RunConfigTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [MemberData(nameof(RecipeTests.Recipes), MemberType = typeof(RecipeTests))]
    public void Every_recipe_of_the_repository_reads_and_has_data(string recipe)
    {
        var config = ConfigReader.Read<RunConfig>(Path.Combine(RepositoryRoot, "configs", recipe));

        Assert.NotNull(config.Data);
    }

    [Theory]
    [InlineData("train.epochs=0", "epochs", "at least 1")]
    [InlineData("train.batch_size=0", "batch_size", "at least 1")]
    [InlineData("train.accumulate=0", "accumulate", "at least 1")]
    [InlineData("train={cuda_graphs: true, accumulate: 2}", "cuda_graphs", "train.accumulate is 2")]
    [InlineData("train={cuda_graphs: true, loss: [{name: dice}, {name: ohem}]}", "cuda_graphs", "ohem reads numbers back")]
    [InlineData("train.patience=0", "patience", "at least 1")]
    [InlineData("train.max_time=soon", "max_time", "1h30m")]
    [InlineData("train.max_time=0s", "max_time", "1h30m")]
    [InlineData("train.output_weights=[0, 0]", "output_weights", "above 0")]
    [InlineData("train.ema.decay=1", "ema.decay", "below 1")]
    [InlineData("train.ema.warmup_steps=-1", "ema.warmup_steps", "0 or more")]
    [InlineData("train.freeze.parameters=['']", "freeze.parameters", "empty")]
    [InlineData("train.optimizer.backbone_factor=-1", "backbone_factor", "0 or more")]
    [InlineData("train.optimizer.rules=[{match: a, learning_rate_factor: -1}]", "rules[0].learning_rate_factor", "0 or more")]
    [InlineData("train.optimizer.rules=[{match: a, weight_decay_factor: -1}]", "rules[0].weight_decay_factor", "0 or more")]
    [InlineData("train.optimizer.rules=[{match: ''}]", "rules[0].match", "empty")]
    [InlineData("train.optimizer.rules=[{learning_rate_factor: 2}]", "train.optimizer.rules[0]", "'match' is missing")]
    [InlineData("train.loss=[]", "train.loss", "empty")]
    [InlineData("train.loss={name: dise}", "train.loss.name", "did you mean 'dice'")]
    [InlineData("train.loss={name: dice, class_weights: balanced}", "class_weights", "unknown key")]
    [InlineData("train.loss={weight: 0}", "train.loss.weight", "above 0")]
    [InlineData("train.loss={label_smoothing: 1}", "label_smoothing", "below 1")]
    [InlineData("train.loss={balance_exponent: 0.5}", "balance_exponent", "class_weights: balanced")]
    [InlineData("train.loss={class_weights: balanced, balance_exponent: 2}", "balance_exponent", "0 to 1")]
    [InlineData("train.loss={name: ohem, threshold: 0}", "threshold", "above 0")]
    [InlineData("train.loss={name: ohem, min_kept: 0}", "min_kept", "at least 1")]
    [InlineData("train.loss={name: focal, gamma: 0}", "gamma", "above 0")]
    [InlineData("train.loss=[{name: dice}, {name: dice, smooth: -1}]", "train.loss[1].smooth", "0 or more")]
    [InlineData("train.schedule={name: cosine, power: 1}", "power", "unknown key")]
    [InlineData("train.schedule={name: cosine, final_ratio: 2}", "final_ratio", "0 to 1")]
    [InlineData("train.schedule={name: step}", "train.schedule", "'epochs' is missing")]
    [InlineData("train.schedule={name: step, epochs: [20, 10]}", "schedule.epochs", "rising")]
    [InlineData("train.schedule={name: step, epochs: [10], factor: 1}", "factor", "below 1")]
    [InlineData("train.schedule={name: one_cycle, rise_share: 1}", "rise_share", "below 1")]
    [InlineData("train.schedule={name: one_cycle, start_ratio: 0}", "start_ratio", "above 0")]
    [InlineData("train.schedule={name: one_cycle, final_ratio: -1}", "final_ratio", "0 to 1")]
    [InlineData("train.schedule={name: one_cycle, warmup_steps: 5}", "warmup_steps", "rise_share")]
    [InlineData("train.schedule.power=-1", "power", "0 or more")]
    [InlineData("train.optimizer={name: adam, nesterov: true}", "nesterov", "sgd")]
    [InlineData("train.gradient_clip=-1", "gradient_clip", "above 0")]
    [InlineData("train.optimizer.learning_rate=0", "learning_rate", "above 0")]
    [InlineData("train.optimizer.momentum=1", "momentum", "below 1")]
    [InlineData("train.optimizer={name: adamw, nesterov: true}", "nesterov", "sgd")]
    [InlineData("train.schedule.warmup_ratio=0", "warmup_ratio", "above 0")]
    [InlineData("train.loss={class_weights: list}", "class_weights", "weight_list")]
    [InlineData("train.loss={weight_list: [1, 2]}", "weight_list", "class_weights")]
    [InlineData("train.loss={class_weights: list, weight_list: [1, 2]}", "train", "3 classes")]
    [InlineData("train.loss={name: keypoint_mse}", "train", "has a loss that is keypoint_mse, which is for model.type: pose")]
    [InlineData("train.optimiser.name=sgd", "optimiser", "optimizer")]
    public void A_value_that_cannot_be_is_named_with_its_rule(string fault, string key, string rule)
    {
        var file = folder.At("config.yaml");
        File.WriteAllText(file, ConfigReader.Write(TestConfigs.Tiny()));

        var error = Assert.Throws<ConfigException>(() => ConfigReader.Read<RunConfig>(file, [fault]));
        Assert.Contains(key, error.Message, StringComparison.Ordinal);
        Assert.Contains(rule, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_by_class_are_read()
    {
        var file = folder.At("config.yaml");
        File.WriteAllText(file, ConfigReader.Write(TestConfigs.Tiny()));

        var config = ConfigReader.Read<RunConfig>(file, ["train.loss={class_weights: list, weight_list: [1, 2, 0.5]}"]);

        var loss = Assert.IsType<CrossEntropyConfig>(Assert.Single(config.Train.Loss!));
        Assert.Equal([1, 2, 0.5], new ClassWeights(training: null!).Of(loss)!);
    }

    [Fact]
    public void One_loss_stands_alone_and_several_in_a_list()
    {
        var file = folder.At("config.yaml");
        File.WriteAllText(file, ConfigReader.Write(TestConfigs.Tiny()));

        LossConfig[] Read(params string[] changes) => ConfigReader.Read<RunConfig>(file, changes).Resolved().Train.Loss!;
        Assert.Equal([new CrossEntropyConfig()], Read());
        Assert.Equal([new CrossEntropyConfig { ClassWeights = ClassWeighting.Balanced }], Read("train.loss.class_weights=balanced"));
        Assert.Equal([new OhemConfig { MinKept = 10 }], Read("train.loss={name: ohem, min_kept: 10}"));
        Assert.Equal(
            [new CrossEntropyConfig { LabelSmoothing = 0.1 }, new LovaszConfig { Weight = 0.5 }],
            Read("train.loss=[{label_smoothing: 0.1}, {name: lovasz, weight: 0.5}]"));
    }

    [Fact]
    public void Every_option_of_the_recipe_is_written_and_read_back()
    {
        var tiny = TestConfigs.Tiny();
        var config = tiny with
        {
            Train = tiny.Train with
            {
                Loss = [new FocalConfig { Gamma = 1.5 }, new DiceConfig { Squared = true, PerImage = true }, new LovaszConfig()],
                Schedule = new StepScheduleConfig { Epochs = [3, 5], WarmupSteps = 4 },
                Optimizer = new OptimizerConfig { BackboneFactor = 0.1, Rules = [new ParameterRule { Match = "*.bias", WeightDecayFactor = 0 }] },
                Ema = new AverageConfig { Decay = 0.99 },
                Freeze = new FreezeConfig { Parameters = ["conv1.*"], NormsInEvaluation = false },
                OutputWeights = [1],
                Accumulate = 4,
                Patience = 3,
                MaxTime = "1h30m",
                Precision = Precision.Fp16,
            },
        };

        var text = ConfigReader.Write(config);

        Assert.Equal(text, ConfigReader.Write(ConfigReader.Parse<RunConfig>(text, "text")));
    }

    public void Dispose() => folder.Dispose();

    private static string RepositoryRoot { get; } = FindRoot();

    private static string FindRoot([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", ".."));
}
