using Seg.Models;
using Seg.Models.Configuration;

namespace Seg.Train.DeviceChecks;

/// <summary>The blocks and networks that a check compares.</summary>
internal static class CheckedNetworks
{
    /// <summary>
    /// Every block in the forms that compute differently, on maps of 16 channels. None starts as the identity, which would hide what it computes.
    /// </summary>
    private static readonly (string Name, string Settings)[] Blocks =
    [
        ("non_local", "zero_initialized: false"),
        ("non_local", "zero_initialized: false, pairwise: gaussian, sub_sample: false"),
        ("non_local", "zero_initialized: false, pairwise: dot_product"),
        ("non_local", "zero_initialized: false, pairwise: concatenation"),
        ("strip_pooling", ""),
        ("mixed_pooling", ""),
        ("pyramid_pooling", ""),
        ("bottleneck", "channels: 8, strip_pooling: true"),
        ("sk_conv", "groups: 4, minimum_width: 8"),
        ("local_relation", "sharing: 4"),
        ("local_relation", "sharing: 4, kernel: 5, stride: 2, composition: squared_difference"),
        ("rga", "grid: [12, 12], any_size: true, hidden_reduction: 2"),
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

    private static CheckedNetwork Block((string Name, string Settings) block)
    {
        var settings = block.Settings.Length > 0 ? $", {block.Settings}" : "";
        var config = ConfigReader.Parse<RunConfig>($"model: {{ type: block, block: {{ name: {block.Name}, in_channels: 16{settings} }} }}", "a block");
        return new(block.Settings.Length > 0 ? $"{block.Name} ({block.Settings})" : block.Name, config.Model, [2, 16, 24, 24]);
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
