using System.Text.Json;

namespace Seg.Cli.Tests;

public sealed class DataCommandTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    private string Config => Repository.At("configs", "demo", "street_scenes.yaml");

    [Fact]
    public void Check_prints_splits_classes_and_faults()
    {
        var run = CommandRun.Of("data", "check", Config, "--data", model.Scenes).Succeeded();
        Assert.Matches(@"train\s+4\s+4\s+128x64 \(4\)", run.Output);
        Assert.Matches(@"\nroad\s+\d+\.\d\d %\s+4\s+\d+\.\d\d %\s+2", run.Output);
        Assert.Matches(@"\n0 errors, \d+ warnings", run.Output);
    }

    [Fact]
    public void Check_ends_with_2_where_something_is_wrong_and_says_what_to_do()
    {
        var scenes = Copy(model.Scenes, model.At("spoilt"));
        var mask = Directory.GetFiles(scenes, "*_labelIds.png", SearchOption.AllDirectories).First(path => path.Contains("/train/", StringComparison.Ordinal));
        File.Delete(mask);
        var run = CommandRun.Of("data", "check", Config, "--data", scenes);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("error missing_mask: An image has no mask.", run.Output, StringComparison.Ordinal);
        Assert.Contains("What to do: Add the mask or remove the image.", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 errors", run.Output, StringComparison.Ordinal);

        CommandRun.Of("train", Config, "--data", scenes, "--run", model.At("never")).Refused(exitCode: 2, "has no mask");
        Assert.False(Directory.Exists(model.At("never")));
    }

    [Fact]
    public void Check_writes_JSON_to_a_file_or_instead_of_the_tables()
    {
        var file = model.At("report.json");
        Assert.Equal("", CommandRun.Of("data", "check", Config, "--data", model.Scenes, "--json", file).Succeeded().Output);
        using var written = JsonDocument.Parse(File.ReadAllText(file));
        Assert.Equal(0, written.RootElement.GetProperty("errors").GetInt32());

        var printed = CommandRun.Of("data", "check", Config, "--data", model.Scenes, "--quick", "--json").Succeeded().Output;
        Assert.Equal(File.ReadAllText(file), printed);
    }

    [Fact]
    public void Preview_draws_batches_with_the_augmentation_of_the_config()
    {
        var output = model.At("preview");
        var run = CommandRun.Of("data", "preview", Config, "--data", model.Scenes, "--out", output, "--count", "2", "--set", "train.batch_size=2",
            "--set", "data.augmentation.crop_size=[64, 128]", "--set", "data.augmentation.mosaic={probability: 1}").Succeeded();
        string[] expected = [Path.Combine(output, "epoch_1_batch_1.png"), Path.Combine(output, "epoch_1_batch_2.png")];
        Assert.Equal(expected, run.Output.TrimEnd('\n').Split('\n'));
        Assert.All(expected, path => Assert.True(new FileInfo(path).Length > 10_000));
    }

    [Fact]
    public void A_config_without_data_is_refused() =>
        CommandRun.Of("data", "check", Repository.At("configs", "models", "seg_hrnet_w18s.yaml")).Refused(exitCode: 2, "has no 'data:' section");

    private static string Copy(string source, string target)
    {
        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        return target;
    }
}
