namespace Seg.Cli.Tests;

public class HelpTests
{
    public static TheoryData<string> Commands =>
    [
        "demo", "demo pose", "train", "eval", "predict", "info", "forward", "calibrate", "convert", "bench", "check-device", "data check", "data preview", "data mosaic",
        "data select", "review", "score masks", "score keypoints", "synth",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_of_each_command_shows_an_example(string command)
    {
        var run = CommandRun.Of([.. command.Split(' '), "--help"]).Succeeded();
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
        Assert.Matches($@"Examples?:\n  seg {command} ", run.Output);
        Assert.Equal("", run.Error);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Examples_are_command_lines_that_parse(string command)
    {
        var examples = CommandRun.Of([.. command.Split(' '), "--help"]).Output.Split('\n').Where(line => line.StartsWith($"  seg {command} ", StringComparison.Ordinal));
        foreach (var example in examples)
        {
            var words = example.Replace("'", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..];
            // With help asked for as well, nothing runs, and a word that is not known would still be told.
            CommandRun.Of([.. words, "--help"]).Succeeded();
        }
        Assert.NotEmpty(examples);
    }

    [Fact]
    public void The_overview_names_every_command()
    {
        var run = CommandRun.Of("--help").Succeeded();
        foreach (var command in Commands)
            Assert.Matches($@"\n  {command.Split(' ')[0]}\b", run.Output);
        Assert.Contains("seg demo", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_is_printed() => Assert.Matches(@"^\d+\.\d+\.\d+", CommandRun.Of("--version").Succeeded().Output);
}
