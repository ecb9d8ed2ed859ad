using Seg.Models.Blocks;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Backbones;

public class HRNetPlacementTests
{
    private static ModelConfig Config(string placements) => ConfigReader.Parse<ModelFileConfig>(
        $$"""
        model:
          type: segmentation
          num_classes: 3
          backbone:
            name: hrnet
            width: 4
            bottleneck_channels: 4
            blocks_per_stage: [2, 2, 2, 2]
            modules_per_stage: [1, 1, 2]
            placements: [{{placements}}]
          head: { name: concat }
        """,
        "test.yaml").Model;

    /// <summary>The keys that placements add; all keys of the network without them must be there still.</summary>
    private static string[] AddedKeys(string placements)
    {
        using var plain = NetworkFactory.Create(Config(""));
        using var network = NetworkFactory.Create(Config(placements));
        Assert.Empty(StateDict.Of(plain).Keys.Except(StateDict.Of(network).Keys));
        return [.. StateDict.Of(network).Keys.Except(StateDict.Of(plain).Keys)];
    }

    [Fact]
    public void A_gate_stands_in_the_chosen_units_of_the_chosen_branches_and_modules()
    {
        var added = AddedKeys("{ place: gate, stages: [3, 4], branches: [1, -1], modules: [-1], units: [-1], block: { name: strip_pooling } }");
        Assert.Equal(
            ["stage3.0.branches.0.1.spm", "stage3.0.branches.2.1.spm", "stage4.1.branches.0.1.spm", "stage4.1.branches.3.1.spm"],
            added.Select(key => key[..(key.IndexOf("spm") + 3)]).Distinct());
    }

    [Fact]
    public void A_gate_in_stage_1_is_SPNets()
    {
        var added = AddedKeys("{ place: gate, stages: [1], block: { name: strip_pooling } }");
        Assert.Equal(["layer1.0.spm", "layer1.1.spm"], added.Select(key => key[..12]).Distinct());
    }

    [Fact]
    public void Blocks_after_a_branch_follow_its_units_in_the_order_given()
    {
        var added = AddedKeys(
            "{ place: after_branch, stages: [2], branches: [-1], block: { name: mixed_pooling } }, "
            + "{ place: after_branch, stages: [1, 2], branches: [1], block: { name: strip_pooling } }, "
            + "{ place: after_branch, stages: [2], branches: [2], block: { name: strip_pooling } }");
        Assert.Equal(
            ["layer1.2.spm", "stage2.0.branches.0.2.spm", "stage2.0.branches.1.2.conv1_1", "stage2.0.branches.1.3.spm"],
            added.Where(key => key.EndsWith("spm.conv1.weight") || key.EndsWith("conv1_1.0.weight"))
                .Select(key => key.Replace(".conv1.weight", "").Replace(".0.weight", "")));
    }

    [Theory]
    [InlineData("sk_conv, groups: 4, minimum_width: 4")]
    [InlineData("local_relation, kernel: 3, sharing: 2")]
    public void A_block_in_place_of_a_convolution_takes_its_key_and_that_of_its_norm_is_gone(string block)
    {
        using var plain = NetworkFactory.Create(Config(""));
        using var network = NetworkFactory.Create(Config($"{{ place: convolution, stages: [1, 3], units: [1], block: {{ name: {block} }} }}"));
        var (before, after) = (StateDict.Of(plain).Keys.ToArray(), StateDict.Of(network).Keys.ToArray());
        string[] units = ["stage3.0.branches.0.0", "stage3.0.branches.1.0", "stage3.0.branches.2.0"];
        string[] replaced = ["layer1.0.conv2", "layer1.0.bn2", .. units.SelectMany(unit => new[] { $"{unit}.conv1", $"{unit}.bn1" })];
        Assert.Equal(replaced.Order(), before.Except(after).Select(Module).Distinct().Order());
        Assert.Equal(["layer1.0.conv2", .. units.Select(unit => $"{unit}.conv1")], after.Except(before).Select(OfUnit).Distinct());

        static string Module(string key) => key[..key.LastIndexOf('.')];
        static string OfUnit(string key) => key[..(key.IndexOf(".conv") + 6)];
    }

    [Theory]
    [InlineData("official", true)]
    [InlineData("official", false)]
    [InlineData("kaiming", true)]
    [InlineData("kaiming", false)]
    public void A_non_local_block_starts_as_the_identity_however_the_network_starts(string initialization, bool batchNorm)
    {
        random.manual_seed(6);
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        var config = (SegmentationConfig)Config(
            $"{{ place: after_branch, stages: [4], branches: [-1], block: {{ name: non_local, batch_norm: {(batchNorm ? "true" : "false")} }} }}");
        using var network = NetworkFactory.Create(config with { Initialization = Enum.Parse<Initialization>(initialization, ignoreCase: true) });
        network.eval();
        var x = randn([1, 32, 4, 6]);
        Assert.All(network.modules().OfType<NonLocal>().Distinct(), block => TensorAssert.Close(x, block.call(x), 0));
    }

    [Fact]
    public void A_gate_in_a_basic_block_leaves_the_shortcut_as_it_is()
    {
        random.manual_seed(4);
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        using var block = new BasicBlock(4, 4, stripPooling: true);
        using var plain = new BasicBlock(4, 4);
        StateDict.Load(plain, StateDict.Of(block).Where(entry => !entry.Key.StartsWith("spm")).ToDictionary(), "the block");
        block.eval();
        plain.eval();
        var gate = block.modules().OfType<StripPooling>().Single();
        gate.get_parameter("conv3.weight")!.zero_();
        gate.get_parameter("conv3.bias")!.fill_(-100);   // a gate of zero
        var x = randn([1, 4, 6, 5]);
        TensorAssert.Close(x.relu(), block.call(x), 0);
        gate.get_parameter("conv3.bias")!.fill_(100);    // a gate of one
        TensorAssert.Close(plain.call(x), block.call(x), 1e-6);
    }

    [Fact]
    public void Placed_blocks_keep_what_they_start_from()
    {
        random.manual_seed(5);
        using var scope = NewDisposeScope();
        using var network = NetworkFactory.Create(
            Config("{ place: after_branch, stages: [4], branches: [-1], block: { name: mixed_pooling } }, "
                + "{ place: gate, stages: [4], branches: [-1], block: { name: strip_pooling } }"));
        Assert.InRange(network.get_parameter("stage4.0.branches.3.2.conv1_1.0.weight")!.detach().std().item<float>(), 0.05f, 0.3f);
        Assert.InRange(network.get_parameter("stage4.0.branches.3.1.spm.conv3.weight")!.detach().std().item<float>(), 0.05f, 0.3f);
        Assert.InRange(network.get_parameter("stage4.0.branches.3.1.conv1.weight")!.detach().std().item<float>(), 0.0009f, 0.0011f);
    }

    [Theory]
    [InlineData("{ place: gate, stages: [5], block: { name: strip_pooling } }", "stages is [5]; must be numbers of stages, each 1 to 4")]
    [InlineData("{ place: gate, stages: [], block: { name: strip_pooling } }", "stages is []; must be numbers of stages, each 1 to 4")]
    [InlineData("{ place: gate, stages: [2, 4], branches: [3], block: { name: strip_pooling } }",
        "branches is [3]; must be 1 to 2, or -1 (the last) to -2, of the 2 branches of stage 2")]
    [InlineData("{ place: gate, stages: [4], branches: [0], block: { name: strip_pooling } }", "branches is [0]; must be 1 to 4")]
    [InlineData("{ place: gate, stages: [3], modules: [2], block: { name: strip_pooling } }",
        "placements [0]: modules is [2]; must be 1 to 1, or -1 (the last) to -1, of the 1 modules of stage 3")]
    [InlineData("{ place: gate, units: [3], block: { name: strip_pooling } }",
        "units is [3]; must be 1 to 2, or -1 (the last) to -2, of the 2 residual units of stage 1")]
    [InlineData("{ place: after_branch, units: [1], block: { name: strip_pooling } }", "units cannot be given where the place is after_branch")]
    [InlineData("{ place: gate, block: { name: mixed_pooling } }", "block is mixed_pooling, which cannot be a gate; strip_pooling can")]
    [InlineData("{ place: convolution, block: { name: mixed_pooling } }", "cannot stand in place of a 3x3 convolution; those that can: ")]
    [InlineData("{ place: after_branch, block: { name: sk_conv } }", "cannot stand after a map; those that can: ")]
    [InlineData("{ place: after_branch, block: { name: mixed_pooling, in_channels: 8 } }", "gives mixed_pooling in_channels; leave it out")]
    [InlineData("{ place: gate, stages: [2], block: { name: strip_pooling } }, { place: gate, units: [-1], block: { name: strip_pooling } }",
        "puts two blocks at one place (gate) of stage 2; only one can stand there")]
    public void Faults_are_told_with_their_place(string placements, string message)
    {
        var fault = Assert.Throws<ConfigException>(() => Config(placements));
        Assert.StartsWith("test.yaml:10:", fault.Message);
        Assert.Contains(message, fault.Message);
    }

    [Fact]
    public void A_block_that_does_not_take_the_channels_of_its_place_is_refused()
    {
        var fault = Assert.Throws<InputException>(() => NetworkFactory.Create(
            Config("{ place: convolution, stages: [2], block: { name: sk_conv, groups: 3 } }")));
        Assert.Contains("groups is 3; must divide the channels", fault.Message);
    }
}
