using OpenCvSharp;

namespace Seg.Cli.Tests;

public sealed class SynthCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Scenes_are_drawn_in_the_number_and_size_asked_for()
    {
        var run = CommandRun.Of("synth", folder.Path, "--count", "7", "--size", "96x64").Succeeded();
        Assert.Contains("6 scenes to train on and 1 to validate, 96x64", run.Output, StringComparison.Ordinal);
        Assert.Equal(6, Directory.GetFiles(folder.At("leftImg8bit", "train"), "*.png", SearchOption.AllDirectories).Length);
        var mask = Directory.GetFiles(folder.At("gtFine", "val"), "*_labelIds.png", SearchOption.AllDirectories).Single();
        using var ids = Cv2.ImRead(mask, ImreadModes.Unchanged);
        Assert.Equal(new Size(96, 64), ids.Size());
    }

    [Theory]
    [InlineData("--size", "96")]
    [InlineData("--size", "8x8")]
    [InlineData("--count", "0")]
    [InlineData("--seed", "-1")]
    public void What_cannot_be_drawn_is_refused(string option, string value) =>
        CommandRun.Of("synth", folder.At("none"), option, value).Refused(exitCode: 2);
}
