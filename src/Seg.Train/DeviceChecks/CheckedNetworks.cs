using Seg.Models;
using Seg.Models.Configuration;

namespace Seg.Train.DeviceChecks;

/// <summary>The blocks and networks that a check compares.</summary>
internal static class CheckedNetworks
{
    /// <summary>Every block in the forms that compute differently, on maps of 16 channels.</summary>
    private static readonly string[] Blocks =
    [
        "{ name: non_local, in_channels: 16 }",
        "{ name: non_local, in_channels: 16, pairwise: gaussian, sub_sample: false }",
        "{ name: non_local, in_channels: 16, pairwise: dot_product }",
        "{ name: non_local, in_channels: 16, pairwise: concatenation }",
        "{ name: strip_pooling, in_channels: 16 }",
        "{ name: mixed_pooling, in_channels: 16 }",
        "{ name: pyramid_pooling, in_channels: 16 }",
        "{ name: bottleneck, in_channels: 16, channels: 8, strip_pooling: true }",
        "{ name: sk_conv, in_channels: 16, groups: 4, minimum_width: 8 }",
        "{ name: local_relation, in_channels: 16, sharing: 4 }",
        "{ name: local_relation, in_channels: 16, sharing: 4, kernel: 5, stride: 2, composition: squared_difference }",
        "{ name: rga, in_channels: 16, grid: [12, 12], any_size: true, hidden_reduction: 2 }",
    ];

    /// <summary>One of each family, each small: what a quick check takes.</summary>
    private static readonly string[] QuickNetworks =
        ["seg_hrnet_w18s", "seg_hrnet_w18s_lr", "seg_hrnet_w18s_rga", "seg_hrnet_ocr_w18s", "pose_hrnet_w16s", "dekr_hrnet_w16s"];

    /// <summary>What a check compares.</summary>
    /// <param name="quick">A few small networks on small images, instead of all that have a name.</param>
    /// <param name="only">Names of networks, or <c>blocks</c>; null: all of them.</param>
    /// <exception cref="InputException">A name is not known.</exception>
    public static IEnumerable<CheckedNetwork> Chosen(bool quick, IReadOnlyList<string>? only)
    {
        const string AllBlocks = "blocks";
        IEnumerable<string> names = only?.Where(name => name != AllBlocks) ?? (quick ? QuickNetworks : ConfigReader.ModelNames());
        var blocks = only is null || only.Contains(AllBlocks) ? Blocks : [];
        return [.. blocks.Select(Block), .. names.Select(name => Network(name, quick))];
    }

    private static CheckedNetwork Block(string yaml)
    {
        var config = ConfigReader.Parse<RunConfig>($"model: {{ type: block, block: {yaml} }}", "a block");
        return new(yaml[2..^2].Replace("name: ", "", StringComparison.Ordinal), config.Model, [2, 16, 24, 24]);
    }

    private static CheckedNetwork Network(string name, bool quick)
    {
        var config = ConfigReader.Read<RunConfig>(name).Model;
        // Some are built for one size; all others take any. Batch norm wants more than a few positions on the coarsest map.
        int[] size = config switch
        {
            ClassificationConfig classification => classification.InputSize,
            PoseConfig { Head: SimccHeadConfig simcc } => simcc.InputSize,
            _ => quick ? [96, 96] : [128, 192],
        };
        return new(name, config, [2, 3, size[0], size[1]]);
    }
}
