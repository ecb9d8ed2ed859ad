using System.Runtime.CompilerServices;
using Seg.Models.Configuration;
using Seg.Train.Losses;

namespace Seg.Train.Tests;

public sealed class RunConfigTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Recipes => [.. Directory
        .EnumerateFiles(Path.Combine(RepositoryRoot, "configs"), "*.yaml", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(RepositoryRoot, file))
        .Where(file => !file.Contains("models", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Every_recipe_of_the_repository_reads_and_has_data(string recipe)
    {
        var config = ConfigReader.Read<RunConfig>(Path.Combine(RepositoryRoot, recipe));

        Assert.NotNull(config.Data);
    }

    [Theory]
    [InlineData("train.epochs=0", "epochs", "at least 1")]
    [InlineData("train.batch_size=0", "batch_size", "at least 1")]
    [InlineData("train.precision=fp16", "precision", "bf16")]
    [InlineData("train.gradient_clip=-1", "gradient_clip", "above 0")]
    [InlineData("train.optimizer.learning_rate=0", "learning_rate", "above 0")]
    [InlineData("train.optimizer.momentum=1", "momentum", "below 1")]
    [InlineData("train.optimizer={name: adamw, nesterov: true}", "nesterov", "sgd")]
    [InlineData("train.schedule.warmup_ratio=0", "warmup_ratio", "above 0")]
    [InlineData("train.loss.class_weights=list", "class_weights", "weight_list")]
    [InlineData("train.loss.weight_list=[1, 2]", "weight_list", "class_weights")]
    [InlineData("train.loss={class_weights: list, weight_list: [1, 2]}", "train", "3 classes")]
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

        Assert.Equal([1, 2, 0.5], ClassWeights.Create(config.Train.Loss, training: null!)!);
    }

    public void Dispose() => folder.Dispose();

    private static string RepositoryRoot { get; } = FindRoot();

    private static string FindRoot([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", ".."));
}
