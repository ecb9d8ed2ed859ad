using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Runtime;
using Seg.Models.Weights;

namespace Seg.Cli.Tests;

public sealed class CalibrateCommandTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    [Fact]
    public void A_calibrated_model_predicts_and_is_scored_in_int8_and_its_weights_are_the_same()
    {
        var calibrated = trained.At("calibrated.safetensors");
        var run = CommandRun.Of("calibrate", trained.Model, "--data", trained.Scenes, "--images", "3", "--threads", "1", "--out", calibrated).Succeeded();
        Assert.Matches(@"calibrated\.safetensors: ranges of \d+ maps from 3 images; predict with --precision int8", run.Output);
        Assert.Equal(3, ModelFile.ReadDescription(calibrated).Calibration!.Images);
        using (var before = SafeTensors.Read(trained.Model))
        using (var after = SafeTensors.Read(calibrated))
        {
            Assert.Equal(before.Tensors.Keys, after.Tensors.Keys);
            Assert.All(before.Tensors, pair => Assert.True(pair.Value.bytes.SequenceEqual(after.Tensors[pair.Key].bytes)));
        }
        if (!TorchRuntime.Current.HasInt8)
            return;
        CommandRun.Of("eval", calibrated, "--data", trained.Scenes, "--precision", "int8", "--threads", "1", "--device", "cpu").Succeeded();
        var predicted = CommandRun.Of(
            "predict", calibrated, trained.Image, "--out", trained.At("int8"), "--precision", "int8", "--threads", "1", "--device", "cpu", "--verbose").Succeeded();
        Assert.Matches(@"^seg: images of \d+ x \d+: compiled: .* convolutions in int8", predicted.Error);
        CommandRun.Of("bench", calibrated, "--input", "3x64x64", "--precision", "int8", "--runs", "1", "--warm-up", "0", "--device", "cpu").Succeeded();
        CommandRun.Of("predict", calibrated, trained.Image, "--out", trained.At("off"), "--precision", "int8", "--compile", "off", "--device", "cpu")
            .Refused(exitCode: 2, "Only compiled networks compute in int8");
    }

    [Fact]
    public void Without_calibration_int8_says_how_to_make_it()
    {
        string[] expected = TorchRuntime.Current.HasInt8 ? ["not calibrated for int8", "seg calibrate MODEL --data DIR"] : ["has not the instructions that int8 needs"];
        CommandRun.Of("predict", trained.Model, trained.Image, "--out", trained.At("none"), "--precision", "int8", "--device", "cpu").Refused(exitCode: 2, expected);
    }

    [Fact]
    public void A_bottom_up_model_is_refused_at_once()
    {
        PoseDescription description = new()
        {
            Model = new BottomUpPoseConfig
            {
                Backbone = new HRNetConfig { Width = 4, BottleneckChannels = 4, BlocksPerStage = [1, 1, 1, 1], ModulesPerStage = [1, 1, 1] },
                Head = new DekrHeadConfig { HeatmapChannels = 4, ChannelsPerKeypoint = 2, OffsetBlocks = 1 },
            },
            Keypoints = KeypointSet.Read("coco"),
            InputSize = [64, 64],
        };
        var model = trained.At("bottom_up.safetensors");
        using (var network = NetworkFactory.Create(description.Model))
            ModelFile.Save(model, network, description);
        CommandRun.Of("calibrate", model, "--data", trained.Scenes, "--threads", "1", "--out", trained.At("bottom_up_int8.safetensors"))
            .Refused(exitCode: 2, $"'{model}' is a bottom-up pose model; int8 is for segmentation and top-down pose models.");
    }

    [Fact]
    public void Verbose_says_why_a_network_is_not_compiled()
    {
        var run = CommandRun.Of(
            "predict", trained.Model, trained.Image, "--out", trained.At("verbose"), "--compile", "on", "--precision", "fp32", "--device", "cpu", "--verbose").Succeeded();
        Assert.Matches(@"^seg: images of \d+ x \d+: (not )?compiled: ", run.Error);
        Assert.Equal("", CommandRun.Of("predict", trained.Model, trained.Image, "--out", trained.At("quiet"), "--device", "cpu").Succeeded().Error);
    }

    [Theory]
    [InlineData("to be a model", "--out", "model.pth")]
    [InlineData("--images is '0'", "--out", "model.safetensors", "--images", "0")]
    [InlineData("There is no folder 'nowhere'", "--out", "model.safetensors", "--data", "nowhere")]
    public void Wrong_options_are_told(string problem, params string[] options) =>
        CommandRun.Of(["calibrate", trained.Model, .. options]).Refused(exitCode: 2, problem);
}
