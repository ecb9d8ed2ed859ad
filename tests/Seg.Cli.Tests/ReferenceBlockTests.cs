using System.Globalization;
using System.Text.Json;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Cli.Tests;

/// <summary>Every block of the reference data, run as a user would: a config of one line, <c>seg forward</c> and <c>seg info</c>.</summary>
public sealed class ReferenceBlockTests : IDisposable
{
    private const string NonLocal = "name: non_local, in_channels: ";
    private const string LocalRelation = "name: local_relation, position: position.npy, in_channels: ";
    private const string Listing = "name: sk_conv, form: listing, in_channels: ";

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string> Blocks => new()
    {
        { "nonlocal_embedded_gaussian_1d", NonLocal + "8, dimension: 1" },
        { "nonlocal_embedded_gaussian_2d", NonLocal + "12" },
        { "nonlocal_embedded_gaussian_3d", NonLocal + "16, dimension: 3" },
        { "nonlocal_gaussian_1d", NonLocal + "8, dimension: 1, pairwise: gaussian" },
        { "nonlocal_gaussian_2d", NonLocal + "12, pairwise: gaussian" },
        { "nonlocal_gaussian_3d", NonLocal + "16, dimension: 3, pairwise: gaussian" },
        { "nonlocal_dot_product_1d", NonLocal + "8, dimension: 1, pairwise: dot_product" },
        { "nonlocal_dot_product_2d", NonLocal + "12, pairwise: dot_product" },
        { "nonlocal_dot_product_3d", NonLocal + "16, dimension: 3, pairwise: dot_product" },
        { "nonlocal_concatenation_1d", NonLocal + "8, dimension: 1, pairwise: concatenation" },
        { "nonlocal_concatenation_2d", NonLocal + "12, pairwise: concatenation" },
        { "nonlocal_concatenation_3d", NonLocal + "16, dimension: 3, pairwise: concatenation" },
        { "nonlocal_embedded_gaussian_2d_nosub_nobn", NonLocal + "12, sub_sample: false, batch_norm: false" },
        { "strip_pooling", "name: mixed_pooling, in_channels: 32" },
        { "strip_pooling_small_map", "name: mixed_pooling, in_channels: 16" },
        { "spm_block", "name: strip_pooling, in_channels: 16" },
        { "spnet_bottleneck_spm", "name: bottleneck, in_channels: 32, channels: 16, dilation: 4, strip_pooling: true" },
        { "pyramid_pooling", "name: pyramid_pooling, in_channels: 16" },
        { "sp_head", "name: sp_head, in_channels: 64" },
        { "sk_conv_m2_g1", Listing + "16, groups: 1, reduction: 2" },
        { "sk_conv_m2_g8", Listing + "32, groups: 8, reduction: 2, minimum_width: 16" },
        { "sk_conv_m3_g1", Listing + "16, branches: 3, groups: 1, reduction: 4, minimum_width: 8, stride: 2" },
        { "sk_conv_m3_g8", Listing + "32, branches: 3, groups: 8, reduction: 2" },
        { "local_relation_k7_m8_p3", LocalRelation + "32" },
        { "local_relation_k7_m8_s2_p0", LocalRelation + "32, stride: 2, padding: 0" },
        { "local_relation_k3_m4_p1", LocalRelation + "24, kernel: 3, sharing: 4" },
        { "rga_spatial", "name: rga, in_channels: 64, grid: [16, 8], channel: false" },
        { "rga_channel", "name: rga, in_channels: 128, grid: [8, 12], spatial: false" },
        { "rga_both", "name: rga, in_channels: 128, grid: [16, 8]" },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Forward_gives_the_output_of_the_authors_block(string name, string block)
    {
        if (Repository.Shared($"reference/{name}") is not { } reference)
            return; // The shared data is not here.
        WriteConfig(block, reference);
        CommandRun.Of("forward", folder.At("block.yaml"), "--weights", Path.Combine(reference, "weights.pth"),
            "--input", Path.Combine(reference, "input.npy"), "--output", folder.At("y.npy")).Succeeded();
        using var scope = NewDisposeScope();
        var difference = (NpyFile.Read(folder.At("y.npy")) - NpyFile.Read(Path.Combine(reference, "output.npy"))).abs().max().item<float>();
        Assert.InRange(difference, 0, Case(reference).GetProperty("tolerance").GetProperty("suggested_output_atol").GetDouble());
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Info_counts_what_the_authors_block_costs(string name, string block)
    {
        if (Repository.Shared($"reference/{name}") is not { } reference)
            return; // The shared data is not here.
        WriteConfig(block, reference);
        var expected = Case(reference);
        var extents = expected.GetProperty("input_shape").EnumerateArray().Select(extent => extent.GetInt32().ToString(CultureInfo.InvariantCulture));
        var shape = string.Join('x', extents);
        using var json = JsonDocument.Parse(CommandRun.Of("info", folder.At("block.yaml"), "--input", shape, "--json").Succeeded().Output);
        Assert.Equal(expected.GetProperty("parameters").GetInt64(), json.RootElement.GetProperty("parameters").GetInt64());
        Assert.Equal(expected.GetProperty("multiply_adds_conv_linear").GetInt64(), json.RootElement.GetProperty("multiply_adds").GetInt64());
    }

    private static JsonElement Case(string reference)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(reference, "case.json")));
        return file.RootElement.Clone();
    }

    private void WriteConfig(string block, string reference)
    {
        File.WriteAllText(folder.At("block.yaml"), $"model: {{ type: block, block: {{ {block} }} }}\n");
        if (File.Exists(Path.Combine(reference, "position.npy")))
            File.Copy(Path.Combine(reference, "position.npy"), folder.At("position.npy"), overwrite: true);
    }
}
