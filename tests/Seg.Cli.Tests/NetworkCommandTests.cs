using System.Diagnostics;
using System.Text.Json;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Cli.Tests;

public sealed class NetworkCommandTests : IDisposable
{
    private const string Tiny = "model.backbone={name: hrnet, width: 4, bottleneck_channels: 8, blocks_per_stage: [1, 1, 1, 1], modules_per_stage: [1, 1, 1]}";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Info_counts_as_the_reference_does()
    {
        var run = CommandRun.Of("info", "seg_hrnet_w18s", "--input", "3x128x256").Succeeded();
        Assert.Contains("2,037,031 parameters, 780.876 million multiply-adds for an input of 1x3x128x256", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Networks_are_found_by_name_from_any_folder()
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "Seg.Cli.dll"), "info", "seg_hrnet_w18s", "--depth", "1"];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = Path.GetTempPath(), RedirectStandardOutput = true })!;
        Assert.Contains("parameters", process.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public void Info_as_JSON_adds_up()
    {
        using var json = JsonDocument.Parse(CommandRun.Of("info", "seg_hrnet_w18s", "--input", "2x3x64x64", "--json").Succeeded().Output);
        var root = json.RootElement;
        Assert.Equal(2_037_031, root.GetProperty("parameters").GetInt64());
        Assert.Equal([2, 3, 64, 64], root.GetProperty("input").EnumerateArray().Select(extent => extent.GetInt32()));
        var modules = root.GetProperty("modules").EnumerateArray().ToArray();
        Assert.Equal(root.GetProperty("parameters").GetInt64(), modules.Sum(module => module.GetProperty("parameters").GetInt64()));
        Assert.Equal(root.GetProperty("multiply_adds").GetInt64(), modules.Sum(module => module.GetProperty("multiply_adds").GetInt64()));
        Assert.Equal("conv1", modules[0].GetProperty("name").GetString());
        Assert.Equal([2, 64, 32, 32], modules[0].GetProperty("output_shape").EnumerateArray().Select(extent => extent.GetInt32()));
    }

    [Fact]
    public void Info_adds_up_by_depth()
    {
        using var json = JsonDocument.Parse(CommandRun.Of("info", "seg_hrnet_w18s", "--input", "3x128x256", "--depth", "1", "--json").Succeeded().Output);
        var modules = json.RootElement.GetProperty("modules").EnumerateArray().ToArray();
        Assert.Equal(["conv1", "bn1", "conv2", "bn2", "layer1", "transition1", "stage2", "transition2", "stage3", "transition3", "stage4", "last_layer"],
            modules.Select(module => module.GetProperty("name").GetString()));
        Assert.Equal("group", modules[4].GetProperty("type").GetString());
        Assert.Equal(0, modules[4].GetProperty("output_shape").GetArrayLength());
        Assert.Equal("Conv2d", modules[0].GetProperty("type").GetString());
        Assert.Equal(2_037_031, modules.Sum(module => module.GetProperty("parameters").GetInt64()));
        Assert.Equal(780_876_288, modules.Sum(module => module.GetProperty("multiply_adds").GetInt64()), tolerance: 500);
        CommandRun.Of("info", "seg_hrnet_w18s", "--depth", "0").Refused(exitCode: 2, "--depth is '0'");
    }

    [Fact]
    public void Forward_gives_the_output_of_the_official_network()
    {
        if (Repository.Shared("reference/seg_hrnet_small") is not { } reference)
            return; // The shared data is not here.
        CommandRun.Of("forward", "seg_hrnet_w18s", "--weights", Path.Combine(reference, "weights.pth"), "--input", Path.Combine(reference, "input.npy"), "--output", folder.At("y.npy")).Succeeded();
        using var scope = NewDisposeScope();
        using var case_ = JsonDocument.Parse(File.ReadAllText(Path.Combine(reference, "case.json")));
        var tolerance = case_.RootElement.GetProperty("tolerance").GetProperty("suggested_output_atol").GetDouble();
        var difference = (NpyFile.Read(folder.At("y.npy")) - NpyFile.Read(Path.Combine(reference, "output.npy"))).abs().max().item<float>();
        Assert.InRange(difference, 0, tolerance);
    }

    [Fact]
    public void Forward_brings_the_output_to_the_images_size_where_the_official_network_does()
    {
        if (Repository.Shared("reference/spnet_small") is not { } reference)
            return; // The shared data is not here.
        var model = Path.Combine(Repository.Root, "tests", "Seg.Models.Tests", "References", "spnet_small.yaml");
        CommandRun.Of("forward", model, "--weights", Path.Combine(reference, "weights.pth"), "--input", Path.Combine(reference, "input.npy"), "--output", folder.At("y.npy")).Succeeded();
        using var scope = NewDisposeScope();
        var difference = (NpyFile.Read(folder.At("y.npy")) - NpyFile.Read(Path.Combine(reference, "output.npy"))).abs().max().item<float>();
        Assert.InRange(difference, 0, 1e-4);
    }

    [Theory]
    [InlineData("pose_resnet50", "33,999,697 parameters, 5,426.381 million multiply-adds for an input of 1x3x256x192")]
    [InlineData("rga_resnet50", "31,397,040 parameters, 9,551.308 million multiply-adds for an input of 1x3x256x128")]
    [InlineData("sknet50", "27,479,784 parameters, 4,462.711 million multiply-adds for an input of 1x3x224x224")]
    public void Info_takes_the_size_that_the_network_is_meant_for(string model, string line) =>
        Assert.Contains(line, CommandRun.Of("info", model).Succeeded().Output, StringComparison.Ordinal);

    [Fact]
    public void Forward_draws_the_same_weights_from_the_same_seed()
    {
        WriteInput(1, 3, 32, 64);
        Forward("a.npy", "--seed", "3");
        Forward("b.npy", "--seed", "3");
        Forward("c.npy", "--seed", "4");
        Assert.Equal(File.ReadAllBytes(folder.At("a.npy")), File.ReadAllBytes(folder.At("b.npy")));
        Assert.NotEqual(File.ReadAllBytes(folder.At("a.npy")), File.ReadAllBytes(folder.At("c.npy")));

        void Forward(string output, params string[] more) =>
            CommandRun.Of(["forward", "seg_hrnet_w18s", "--set", Tiny, "--input", folder.At("x.npy"), "--output", folder.At(output), .. more]).Succeeded();
    }

    [Fact]
    public void Forward_refuses_what_does_not_fit()
    {
        WriteInput(1, 4, 32, 64);
        CommandRun.Of("forward", "seg_hrnet_w18s", "--set", Tiny, "--input", folder.At("x.npy"), "--output", folder.At("y.npy"))
            .Refused(exitCode: 2, "x.npy", "[1, 4, 32, 64]");
        CommandRun.Of("forward", "seg_hrnet_w18s", "--input", folder.At("none.npy"), "--output", folder.At("y.npy"))
            .Refused(exitCode: 2, "none.npy");
        Assert.False(File.Exists(folder.At("y.npy")));
    }

    [Fact]
    public void Weights_of_another_network_are_refused_by_their_keys()
    {
        WriteInput(1, 3, 32, 64);
        using var scope = NewDisposeScope();
        SafeTensors.Write(folder.At("other.safetensors"), new Dictionary<string, Tensor> { ["conv9.weight"] = zeros([2, 2]) }, new Dictionary<string, string>());
        CommandRun.Of("forward", "seg_hrnet_w18s", "--set", Tiny, "--weights", folder.At("other.safetensors"), "--input", folder.At("x.npy"), "--output", folder.At("y.npy"))
            .Refused(exitCode: 2, "other.safetensors", "missing: conv1.weight", "unexpected: conv9.weight");
    }

    [Theory]
    [InlineData("forward", "fp32")]
    [InlineData("forward", "bf16")]
    [InlineData("train", "fp32")]
    public void Bench_writes_what_it_measured(string mode, string precision)
    {
        var path = folder.At("bench.json");
        string[] train = mode == "train" ? ["--train"] : [];
        CommandRun.Of(["bench", "seg_hrnet_w18s", "--set", Tiny, "--input", "3x64x96", "--batch", "2", "--runs", "4", "--warm-up", "1", "--precision", precision, "--device", "cpu", "--json", path, .. train]).Succeeded();
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        var root = json.RootElement;
        Assert.Equal((mode, precision, "cpu", 4), (Text("mode"), Text("precision"), Text("device"), root.GetProperty("runs").GetInt32()));
        Assert.Equal([2, 3, 64, 96], root.GetProperty("input").EnumerateArray().Select(extent => extent.GetInt32()));
        var (minimum, median, p90, maximum) = (Number("min_ms"), Number("median_ms"), Number("p90_ms"), Number("max_ms"));
        Assert.True(0 < minimum && minimum <= median && median <= p90 && p90 <= maximum);
        Assert.Equal(2000 / median, Number("images_per_second"), tolerance: 0.01 * 2000 / median);

        string? Text(string name) => root.GetProperty(name).GetString();
        double Number(string name) => root.GetProperty(name).GetDouble();
    }

    [Fact]
    public void Training_steps_of_pose_networks_are_timed_too_and_those_of_bare_blocks_refused()
    {
        CommandRun.Of(["bench", "pose_hrnet_w16s", "--train", "--input", "3x32x64", "--runs", "1", "--warm-up", "0", "--device", "cpu"]).Succeeded();
        var block = folder.At("block.yaml");
        File.WriteAllText(block, "model: { type: block, block: { name: strip_pooling, in_channels: 4 } }\n");
        CommandRun.Of(["bench", block, "--train", "--input", "4x8x8", "--runs", "1"]).Refused(exitCode: 2, "--train");
    }

    [Fact]
    public void A_bare_block_needs_its_input_shape()
    {
        File.WriteAllText(folder.At("block.yaml"), "model: { type: block, block: { name: mixed_pooling, in_channels: 16, pool_sizes: [20, 12] } }\n");
        CommandRun.Of("info", folder.At("block.yaml")).Refused(exitCode: 2, "--input");
        var run = CommandRun.Of("info", folder.At("block.yaml"), "--input", "16x24x30").Succeeded();
        Assert.Contains("for an input of 1x16x24x30", run.Output, StringComparison.Ordinal);
    }

    private void WriteInput(params long[] shape)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        NpyFile.Write(folder.At("x.npy"), rand(shape));
    }
}
