using Seg.Models;
using Seg.Models.Configuration;
using Seg.Train.Runs;

namespace Seg.Train.Tests.Runs;

public sealed class RunDirectoryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("configs/camvid/hrnet_w18s.yaml", "runs/camvid_hrnet_w18s")]
    [InlineData("/home/me/own.yaml", "runs/own")]
    public void A_config_names_its_runs(string config, string run) => Assert.Equal(run, RunDirectory.NameFor(config));

    [Fact]
    public void A_taken_directory_is_not_reused()
    {
        var first = RunDirectory.Create(folder.At("run"), TestConfigs.Tiny());
        var second = RunDirectory.Create(folder.At("run") + "/", TestConfigs.Tiny());

        Assert.Equal(folder.At("run"), first.Folder);
        Assert.Equal(folder.At("run2"), second.Folder);
        Assert.True(File.Exists(second.Config));
    }

    [Fact]
    public void The_config_that_is_written_reads_back_equal()
    {
        var config = TestConfigs.Tiny();
        var run = RunDirectory.Create(folder.At("run"), config);

        Assert.Empty(ConfigDifference.Between(config, ConfigReader.Read<RunConfig>(run.Config)));
    }

    [Fact]
    public void Resuming_finds_the_latest_run_with_a_checkpoint()
    {
        foreach (var name in (string[])["run", "run2", "run3"])
            Directory.CreateDirectory(folder.At(name));
        File.WriteAllText(folder.At("run", "last.state.safetensors"), "");
        File.WriteAllText(folder.At("run2", "last.previous.state.safetensors"), "");

        Assert.Equal(folder.At("run2"), RunDirectory.Find(folder.At("run")).Folder);
    }

    [Fact]
    public void A_run_whose_own_name_ends_in_a_number_is_not_taken_for_a_later_one()
    {
        var first = Checkpointed(folder.At("seed1"));
        var other = Checkpointed(folder.At("seed12"));
        Assert.Equal(first.Folder, RunDirectory.Find(folder.At("seed1")).Folder);
        Assert.Equal(other.Folder, RunDirectory.Find(folder.At("seed12")).Folder);

        // The next run of the first name goes past the folder of the other.
        var second = Checkpointed(folder.At("seed1"));
        var third = Checkpointed(folder.At("seed1"));
        Assert.Equal((folder.At("seed13"), folder.At("seed14")), (second.Folder, third.Folder));
        Assert.Equal(third.Folder, RunDirectory.Find(folder.At("seed1") + "/").Folder);
        Assert.Throws<InputException>(() => RunDirectory.Find(third.Folder));
    }

    [Fact]
    public void A_folder_that_is_named_is_the_one_that_is_opened()
    {
        var first = Checkpointed(folder.At("run"));
        var second = Checkpointed(folder.At("run"));

        Assert.Equal(first.Folder, RunDirectory.Open(folder.At("run")).Folder);
        Assert.Equal(second.Folder, RunDirectory.Open(folder.At("run2")).Folder);
    }

    [Fact]
    public void Resuming_without_a_checkpoint_says_what_to_do()
    {
        foreach (var find in (Func<string, RunDirectory>[])[RunDirectory.Find, RunDirectory.Open])
        {
            var error = Assert.Throws<InputException>(() => find(folder.At("run")));
            Assert.Contains(folder.At("run"), error.Message, StringComparison.Ordinal);
            Assert.Contains("--resume", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_directory_that_cannot_be_made_is_named()
    {
        File.WriteAllText(folder.At("file"), "");

        var error = Assert.Throws<IOException>(() => RunDirectory.Create(folder.At("file", "run"), TestConfigs.Tiny()));
        Assert.Contains(folder.At("file", "run"), error.Message, StringComparison.Ordinal);
        Assert.Contains("--run", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Differences_between_configs_are_named_with_both_values()
    {
        var config = TestConfigs.Tiny();
        var other = config with
        {
            Model = (SegmentationConfig)config.Model with { NumClasses = 7 },
            Train = config.Train with { Epochs = 9 },
        };

        Assert.Equal(
            ["model.num_classes (was 3, is 7)", $"train.epochs (was {config.Train.Epochs}, is 9)"],
            ConfigDifference.Between(config, other).Select(difference => difference.ToString()));
    }

    public void Dispose() => folder.Dispose();

    private static RunDirectory Checkpointed(string path)
    {
        var run = RunDirectory.Create(path, TestConfigs.Tiny());
        File.WriteAllText(run.State, "");
        return run;
    }
}
