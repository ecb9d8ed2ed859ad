using Seg.Models.Blocks;
using Seg.Models.Configuration;
using Seg.Models.Runtime;
using Seg.Models.Weights;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Tests.Blocks;

public class SelectiveKernelConvTests
{
    public static TheoryData<string> Cases => ["sk_conv_m2_g1", "sk_conv_m2_g8", "sk_conv_m3_g1", "sk_conv_m3_g8"];

    [ReferenceTheory]
    [MemberData(nameof(Cases))]
    public void The_listings_form_agrees_with_it_in_output_and_gradients(string name)
    {
        using var reference = ReferenceCase.Shared(name);
        using var block = CreateListing(reference);
        Parity.OutputAndGradientsAgree(reference, block, block.call);
    }

    [ReferenceTheory]
    [MemberData(nameof(Cases))]
    public void Folding_its_norms_keeps_its_output(string name)
    {
        using var reference = ReferenceCase.Shared(name);
        using var block = CreateListing(reference);
        Parity.FoldingKeepsTheOutput(reference, block);
    }

    [Fact]
    public void The_papers_form_has_the_authors_layers()
    {
        using var block = new SelectiveKernelConv(inChannels: 128, outChannels: 128);
        var shapes = block.named_parameters().ToDictionary(entry => entry.name, entry => string.Join('x', entry.parameter.shape));
        string[] expected =
        [
            "convs.0.0.weight 128x4x3x3", "convs.0.1.weight 128", "convs.0.1.bias 128",
            "convs.1.0.weight 128x4x3x3", "convs.1.1.weight 128", "convs.1.1.bias 128",
            "fc.0.weight 32x128x1x1", "fc.1.weight 32", "fc.1.bias 32", "fcs.weight 256x32x1x1",
        ];
        Assert.Equal(expected, shapes.Select(entry => $"{entry.Key} {entry.Value}"));
    }

    /// <summary>Step by step with plain operators, as the paper's section 3.1 has it.</summary>
    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    public void The_papers_form_splits_fuses_and_selects(int branches, int stride)
    {
        random.manual_seed(5);
        using var scope = NewDisposeScope();
        using var block = new SelectiveKernelConv(8, 12, branches: branches, groups: 4, reduction: 2, minimumWidth: 3, stride: stride);
        block.eval();
        var weights = StateDict.Of(block);
        foreach (var entry in weights.Where(entry => entry.Key.EndsWith(".running_var", StringComparison.Ordinal)))
            entry.Value.uniform_(0.5, 2);
        using var withoutGradient = no_grad();
        var x = randn([2, 8, 11, 9]);

        Tensor[] maps = [.. Enumerable.Range(0, branches).Select(i => Norm(
            functional.conv2d(
                x, weights[$"convs.{i}.0.weight"], strides: [stride, stride], padding: [i + 1, i + 1], dilation: [i + 1, i + 1], groups: 4),
            $"convs.{i}.1").relu())];
        var fused = maps.Aggregate((sum, map) => sum + map).mean([2, 3], keepdim: true);
        var squeezed = Norm(functional.conv2d(fused, weights["fc.0.weight"]), "fc.1").relu();
        Assert.Equal([2, 6, 1, 1], squeezed.shape);
        var scores = functional.conv2d(squeezed, weights["fcs.weight"]);                   // the first 12 belong to the first branch
        var shares = scores.chunk(branches, 1).Select(score => score.exp()).ToArray();
        var all = shares.Aggregate((sum, share) => sum + share);
        var expected = maps.Zip(shares, (map, share) => map * share / all).Aggregate((sum, part) => sum + part);

        TensorAssert.Close(expected, block.call(x), 1e-5);

        Tensor Norm(Tensor map, string name) => functional.batch_norm(
            map, weights[$"{name}.running_mean"], weights[$"{name}.running_var"], weights[$"{name}.weight"], weights[$"{name}.bias"]);
    }

    [Theory]
    [InlineData(SkConvForm.Paper)]
    [InlineData(SkConvForm.Listing)]
    public void Every_parameter_gets_a_gradient_while_training(SkConvForm form)
    {
        random.manual_seed(6);
        using var scope = NewDisposeScope();
        using var block = new SelectiveKernelConv(8, 16, form, branches: 2, groups: 4, reduction: 2, minimumWidth: 4, stride: 2, dilation: 2);
        block.train();
        var output = block.call(randn([4, 8, 9, 7]));
        Assert.Equal([4, 16, 5, 4], output.shape);
        (output * randn_like(output)).sum().backward();
        Assert.All(block.named_parameters(), entry =>
            Assert.True(entry.parameter.grad!.abs().sum().item<float>() > 0, $"{entry.name} has none."));
    }

    /// <summary>
    /// The means that the squeeze sees differ by less than bfloat16 tells apart, and its norm over two images makes 1 and -1 of whatever is left.
    /// </summary>
    [Fact]
    public void Autocast_does_not_round_what_selects_the_branches()
    {
        random.manual_seed(7);
        using var scope = NewDisposeScope();
        using var block = new SelectiveKernelConv(8, 8, branches: 2, groups: 4, reduction: 2, minimumWidth: 4);
        block.train();
        using var withoutGradient = no_grad();
        StateDict.Of(block)["fcs.weight"].uniform_(-2, 2);
        var x = randn([2, 8, 128, 128]);
        var expected = block.call(x);

        Tensor output;
        using (TorchRuntime.Current.Autocast(CPU, ScalarType.BFloat16))
            output = block.call(x);

        Assert.Equal(ScalarType.BFloat16, output.dtype);
        var distance = (output.to_type(ScalarType.Float32) - expected).abs().mean() / expected.abs().mean();
        Assert.InRange(distance.item<float>(), 0, 0.015);
    }

    [Fact]
    public void Groups_that_do_not_divide_the_channels_are_an_error()
    {
        var fault = Assert.Throws<ArgumentException>(() => new SelectiveKernelConv(18, 18));
        Assert.Contains("32 groups do not divide 18 channels", fault.Message);
    }

    private static SelectiveKernelConv CreateListing(ReferenceCase reference)
    {
        var arguments = reference.Description.GetProperty("arguments");
        return new(
            Number("features"), Number("features"), SkConvForm.Listing, Number("M"), Number("G"), Number("r"), Number("L"), Number("stride"));

        int Number(string name) => arguments.GetProperty(name).GetInt32();
    }
}
