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

    [Fact]
    public void People_are_drawn_with_their_keypoints_and_a_video_of_walkers()
    {
        var run = CommandRun.Of("synth", folder.Path, "--kind", "figures", "--count", "6", "--size", "96x64", "--people", "2", "--video", "1").Succeeded();
        Assert.Contains("5 scenes to train on and 1 to validate, 96x64", run.Output, StringComparison.Ordinal);
        Assert.Contains("walk.mp4", run.Output, StringComparison.Ordinal);
        Assert.Equal(5, Directory.GetFiles(folder.At("train2017"), "*.jpg").Length);
        foreach (var file in (string[])["annotations/person_keypoints_train2017.json", "person_detection_results/val2017.json", "walk.mp4", "walk.json"])
            Assert.True(File.Exists(folder.At(file)), file);
    }

    [Fact]
    public void A_drive_is_drawn_where_it_is_asked_for()
    {
        CommandRun.Of("synth", folder.Path, "--count", "1", "--size", "96x64", "--video", "1").Succeeded();
        using VideoCapture video = new(folder.At("drive.mp4"));
        Assert.Equal(15, video.FrameCount);
    }

    [Theory]
    [InlineData("--kind", "cats", "streets or figures")]
    [InlineData("--people", "3", "--kind figures")]
    [InlineData("--video", "0", "1 or more")]
    public void What_goes_together_with_nothing_is_refused_with_a_remedy(string option, string value, string remedy) =>
        Assert.Contains(remedy, CommandRun.Of("synth", folder.At("none"), option, value).Refused(exitCode: 2).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("--size", "96")]
    [InlineData("--size", "8x8")]
    [InlineData("--count", "0")]
    [InlineData("--seed", "-1")]
    public void What_cannot_be_drawn_is_refused(string option, string value) =>
        CommandRun.Of("synth", folder.At("none"), option, value).Refused(exitCode: 2);
}
