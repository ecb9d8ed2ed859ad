using Seg.Models.Blocks;
using Seg.Models.Weights;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Tests.Blocks;

public class RelationAwareAttentionTests
{
    [ReferenceTheory]
    [InlineData("rga_spatial", false)]
    [InlineData("rga_channel", false)]
    [InlineData("rga_both", false)]
    [InlineData("rga_both", true)]
    public void Agrees_with_the_authors_code_in_output_and_gradients(string name, bool anySize)
    {
        using var reference = ReferenceCase.Shared(name);
        using var block = Create(reference, anySize);
        Parity.OutputAndGradientsAgree(reference, block, block.call);
    }

    [ReferenceTheory]
    [InlineData("rga_spatial")]
    [InlineData("rga_channel")]
    [InlineData("rga_both")]
    public void Folding_its_norms_keeps_its_output(string name)
    {
        using var reference = ReferenceCase.Shared(name);
        using var block = Create(reference, anySize: false);
        Parity.FoldingKeepsTheOutput(reference, block);
    }

    /// <summary>With all relations made, one by one, and averaged over the cells afterwards.</summary>
    [Fact]
    public void On_any_map_positions_relate_to_the_averages_over_the_grids_cells()
    {
        random.manual_seed(9);
        using var scope = NewDisposeScope();
        using var block = new RelationAwareAttention(6, (2, 4), spatial: true, channel: false, anySize: true, 2, 2, 2);
        block.eval();
        var weights = StateDict.Of(block);
        foreach (var entry in weights.Where(entry => entry.Key.EndsWith(".running_var", StringComparison.Ordinal)))
            entry.Value.uniform_(0.5, 2);
        using var withoutGradient = no_grad();
        var x = randn([2, 6, 6, 8]);

        Tensor theta = Unit("theta_spatial", x).flatten(2), phi = Unit("phi_spatial", x).flatten(2);
        var pairs = theta.transpose(1, 2).bmm(phi);                                    // (N, L, L): r(i, j)
        var towards = OverCells(pairs);                                                // (N, L, R)
        var from = OverCells(pairs.transpose(1, 2));                                   // (N, L, R)
        var relations = cat([towards, from], 2).transpose(1, 2).reshape(2, 16, 6, 8);
        var joint = cat([Unit("gx_spatial", x).mean([1], keepdim: true), Unit("gg_spatial", relations)], 1);
        var gate = Unit("W_spatial", Unit("W_spatial", joint), first: 3, relu: false).sigmoid();

        TensorAssert.Close(x * gate, block.call(x), 1e-5);

        Tensor OverCells(Tensor relations) => functional.adaptive_avg_pool2d(relations.reshape(2, 48, 6, 8), [2, 4]).flatten(2);

        Tensor Unit(string name, Tensor map, int first = 0, bool relu = true)
        {
            var norm = $"{name}.{first + 1}";
            var result = functional.batch_norm(
                functional.conv2d(map, weights[$"{name}.{first}.weight"]), weights[$"{norm}.running_mean"], weights[$"{norm}.running_var"],
                weights[$"{norm}.weight"], weights[$"{norm}.bias"]);
            return relu ? result.relu() : result;
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 5)]
    [InlineData(33, 20)]
    public void Takes_maps_of_any_size_when_asked_to(int height, int width)
    {
        using var scope = NewDisposeScope();
        using var block = new RelationAwareAttention(16, (4, 8), spatial: true, channel: true, anySize: true, 2, 4, 4);
        block.eval();
        Assert.Equal([2, 16, height, width], block.call(randn([2, 16, height, width])).shape);
    }

    [Fact]
    public void Every_parameter_gets_a_gradient_while_training()
    {
        random.manual_seed(10);
        using var scope = NewDisposeScope();
        using var block = new RelationAwareAttention(32, (4, 4), spatial: true, channel: true, anySize: true, 2, 2, 2);
        block.train();
        var output = block.call(randn([3, 32, 9, 11]));
        (output * randn_like(output)).sum().backward();
        Assert.All(block.named_parameters(), entry =>
            Assert.True(entry.parameter.grad!.abs().sum().item<float>() > 0, $"{entry.name} has none."));
    }

    [Fact]
    public void A_map_of_another_size_is_an_error_that_says_what_to_do()
    {
        using var scope = NewDisposeScope();
        using var block = new RelationAwareAttention(64, (16, 8), spatial: true, channel: false, anySize: false);
        var fault = Assert.Throws<InputException>(() => block.call(randn([1, 64, 16, 9])));
        Assert.Contains("16x8", fault.Message);
        Assert.Contains("16x9", fault.Message);
        Assert.Contains("any_size", fault.Message);
    }

    [Fact]
    public void Layers_without_channels_are_an_error()
    {
        var fault = Assert.Throws<ArgumentException>(() => new RelationAwareAttention(32, (8, 8), spatial: true, channel: true, anySize: false));
        Assert.Contains("5 channels of the channel gate divided by 8 leave none", fault.Message);
    }

    private static RelationAwareAttention Create(ReferenceCase reference, bool anySize)
    {
        var arguments = reference.Description.GetProperty("arguments");
        var shape = reference.Tensors["input"].shape;
        return new(
            Number("in_channel"), ((int)shape[2], (int)shape[3]), Truth("use_spatial"), Truth("use_channel"), anySize,
            Number("cha_ratio"), Number("spa_ratio"), Number("down_ratio"));

        int Number(string name) => arguments.GetProperty(name).GetInt32();
        bool Truth(string name) => arguments.GetProperty(name).GetBoolean();
    }
}
