using Seg.Models.Codecs;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Runtime;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Weights;

public sealed class ModelFileTests : IDisposable
{
    private static readonly SegmentationDescription Description = new()
    {
        Model = new SegmentationConfig
        {
            NumClasses = 2,
            Backbone = new HRNetConfig { Width = 4, BottleneckChannels = 4, BlocksPerStage = [1, 1, 1, 1], ModulesPerStage = [1, 1, 1] },
            Head = new StripPoolingHeadConfig { PoolSizes = [5, 3] },
        },
        Labels = new LabelSet { Names = ["road \"wet\"", "Straße"], Colors = [new(1, 2, 3), new(255, 0, 4)], IgnoreIndex = 11 },
        Normalization = new Normalization { Mean = [0.1f, 0.2f, 0.3f], Deviation = [1f / 3, 1, 2] },
        InputSize = [360, 480],
    };

    private static readonly PoseDescription Pose = new()
    {
        Model = new PoseConfig { NumClasses = 17, Backbone = ((SegmentationConfig)Description.Model).Backbone, Codec = new DarkCodecConfig { Sigma = 3 } },
        Keypoints = KeypointSet.Read("coco"),
        InputSize = [64, 48],
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_model_survives_with_all_that_describes_it()
    {
        using var network = NetworkFactory.Create(Description.Model);
        ModelFile.Save(folder["m.safetensors"], network, Description);
        var (loaded, description) = ModelFile.Load(folder["m.safetensors"]);
        using (loaded)
        {
            Assert.Equal(ConfigReader.WriteJson(Description), ConfigReader.WriteJson(description));
            Assert.False(loaded.training);
            foreach (var ((key, expected), (loadedKey, actual)) in StateDict.Of(network).Zip(StateDict.Of(loaded)))
            {
                Assert.Equal(key, loadedKey);
                TensorAssert.Same(expected, actual, key);
            }
        }
    }

    [Fact]
    public void A_calibrated_model_survives_with_its_scales()
    {
        using var network = NetworkFactory.Create(Description.Model);
        Int8Calibration calibration = new() { Images = 3, Operators = "of a test", Maps = [new() { Call = 4, Scales = [0.5f, 1.234e-5f] }] };
        ModelFile.Save(folder["m.safetensors"], network, Description with { Calibration = calibration });
        var loaded = ModelFile.ReadDescription(folder["m.safetensors"]).Calibration!;
        Assert.Equal((3, "of a test", 4), (loaded.Images, loaded.Operators, loaded.Maps[0].Call));
        Assert.Equal(calibration.Maps[0].Scales, loaded.Maps[0].Scales);
        ModelFile.Save(folder["m.safetensors"], network, Description);
        Assert.Null(ModelFile.ReadDescription(folder["m.safetensors"]).Calibration);
    }

    [Fact]
    public void A_pose_model_survives_with_its_keypoints_and_its_codec()
    {
        using var network = NetworkFactory.Create(Pose.Model);
        ModelFile.Save(folder["m.safetensors"], network, Pose);
        var description = Assert.IsType<PoseDescription>(ModelFile.ReadDescription(folder["m.safetensors"]));
        Assert.Equal(ConfigReader.WriteJson(Pose), ConfigReader.WriteJson(description));
        Assert.Equal(Pose.Keypoints.Names, description.OutputNames);
        Assert.Equal([17, 16, 12], Assert.IsType<DarkCodec>(description.CreateCodec()).TargetShape);
    }

    /// <summary>They call keypoints classes, and have no skeleton.</summary>
    [Fact]
    public void A_pose_model_from_before_there_were_sets_of_keypoints_still_loads()
    {
        using var network = NetworkFactory.Create(Pose.Model);
        ModelFile.Save(folder["m.safetensors"], network, Pose);
        LabelSet labels = new() { Names = Pose.Keypoints.Names, Colors = Pose.Keypoints.Colors };
        ChangeMetadata(metadata =>
        {
            metadata.Remove("seg.keypoints");
            metadata["seg.labels"] = ConfigReader.WriteJson(labels);
        });
        var keypoints = Assert.IsType<PoseDescription>(ModelFile.ReadDescription(folder["m.safetensors"])).Keypoints;
        Assert.Equal(Pose.Keypoints.Names, keypoints.Names);
        Assert.Equal(Pose.Keypoints.Colors, keypoints.Colors);
        Assert.Empty(keypoints.Skeleton);
        Assert.Empty(keypoints.Faults());
    }

    [Theory]
    [InlineData("{\"names\":[\"a\"],\"sigmas\":[0.1],\"colors\":[[1,2,3]]}", "1 keypoints for a network of 17")]
    [InlineData("{\"names\":[\"a\"],\"sigmas\":[0.1],\"colors\":[]}", "m.safetensors, seg.keypoints:1:")]
    public void Keypoints_that_do_not_fit_are_told(string keypoints, string problem)
    {
        using var network = NetworkFactory.Create(Pose.Model);
        ModelFile.Save(folder["m.safetensors"], network, Pose);
        ChangeMetadata(metadata => metadata["seg.keypoints"] = keypoints);
        Assert.Contains(problem, Assert.ThrowsAny<InputException>(() => ModelFile.Load(folder["m.safetensors"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_alone_are_told_apart()
    {
        using var weight = ones(3);
        SafeTensors.Write(folder["w.safetensors"], new Dictionary<string, Tensor> { ["a"] = weight });
        Assert.Contains("holds weights alone", Assert.Throws<InputException>(() => ModelFile.Load(folder["w.safetensors"])).Message);
    }

    [Theory]
    [InlineData("seg.version", "2", "was written by a newer seg")]
    [InlineData("seg.model", "{\"type\":\"segmentatoin\"}", "did you mean 'segmentation'?")]
    [InlineData("seg.model", "{", "m.safetensors, seg.model:2:1: not valid YAML")]
    [InlineData("seg.labels", "{\"names\":[\"a\"],\"colors\":[[1,2,3]]}", "1 class names and 1 colours for a network of 2 classes")]
    [InlineData("seg.input_size", "[1]", "must be a height and a width")]
    [InlineData("seg.int8", "{\"images\":1,\"operators\":\"a\",\"maps\":[{\"call\":0,\"scales\":[0.5,0]}]}", "scales must be above 0, each of them")]
    [InlineData("seg.int8", "{\"images\":1,\"operators\":\"a\"}", "maps")]
    [InlineData("seg.normalization", null, "its metadata lacks seg.normalization")]
    public void Faulty_descriptions_are_told(string key, string? value, string problem)
    {
        using var network = NetworkFactory.Create(Description.Model);
        ModelFile.Save(folder["m.safetensors"], network, Description);
        ChangeMetadata(metadata =>
        {
            metadata.Remove(key);
            if (value is not null)
                metadata.Add(key, value);
        });
        Assert.Contains(problem, Assert.ThrowsAny<InputException>(() => ModelFile.Load(folder["m.safetensors"])).Message);
    }

    private void ChangeMetadata(Action<Dictionary<string, string>> change)
    {
        using var file = SafeTensors.Read(folder["m.safetensors"]);
        var metadata = file.Metadata.ToDictionary();
        change(metadata);
        SafeTensors.Write(folder["m.safetensors"], file.Tensors, metadata);
    }
}
