using System.Text.Json;
using Seg.Models.Blocks;
using Seg.Models.Configuration;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Tests.Blocks;

public class NonLocalTests
{
    public static TheoryData<string> Cases
    {
        get
        {
            var cases = new TheoryData<string>("nonlocal_embedded_gaussian_2d_nosub_nobn");
            foreach (var pairwise in new[] { "embedded_gaussian", "gaussian", "dot_product", "concatenation" })
            {
                for (var dimension = 1; dimension <= 3; dimension++)
                    cases.Add($"nonlocal_{pairwise}_{dimension}d");
            }
            return cases;
        }
    }

    public static TheoryData<NonLocalPairwise> Pairwise => [.. Enum.GetValues<NonLocalPairwise>()];

    [ReferenceTheory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_the_reference_in_output_and_gradients(string name)
    {
        using var reference = ReferenceCase.Shared(name);
        using var block = Create(name, reference.Description);
        Parity.OutputAndGradientsAgree(reference, block, block.call);
    }

    [Theory]
    [InlineData("nonlocal_embedded_gaussian_1d", NonLocalPairwise.EmbeddedGaussian)]
    [InlineData("nonlocal_gaussian_1d", NonLocalPairwise.Gaussian)]
    [InlineData("nonlocal_dot_product_1d", NonLocalPairwise.DotProduct)]
    [InlineData("nonlocal_concatenation_1d", NonLocalPairwise.Concatenation)]
    public void Agrees_with_the_carried_reference(string name, NonLocalPairwise pairwise)
    {
        using var reference = ReferenceCase.Packed(name);
        using var block = new NonLocal(8, dimension: 1, pairwise, subSample: true, batchNorm: true);
        Parity.OutputAndGradientsAgree(reference, block, block.call);
    }

    [ReferenceTheory]
    [MemberData(nameof(Cases))]
    public void Folding_its_norm_keeps_its_output(string name)
    {
        using var reference = ReferenceCase.Shared(name);
        using var block = Create(name, reference.Description);
        Parity.FoldingKeepsTheOutput(reference, block);
    }

    /// <summary>As the definition has it, with the weights of all pairs, on a map whose rows take several blocks.</summary>
    [Theory]
    [MemberData(nameof(Pairwise))]
    public void Agrees_with_the_products_of_all_pairs(NonLocalPairwise pairwise)
    {
        random.manual_seed(3);
        using var scope = NewDisposeScope();
        using var block = new NonLocal(6, dimension: 2, pairwise, subSample: false, batchNorm: false, zeroInitialized: false);
        var x = randn([2, 6, 41, 37]).requires_grad_();
        var slope = randn([2, 6, 41, 37]);

        (block.call(x) * slope).sum().backward();
        Tensor[] gradients = [x.grad!.clone(), .. block.parameters().Select(parameter => parameter.grad!.clone())];
        foreach (var tensor in block.parameters().Append(x))
            tensor.grad!.zero_();
        var plain = AllPairs(block, x, pairwise);
        (plain * slope).sum().backward();
        Tensor[] expected = [x.grad!, .. block.parameters().Select(parameter => parameter.grad!)];

        TensorAssert.Close(plain.detach(), block.call(x).detach(), 1e-5, "The output");
        for (var i = 0; i < gradients.Length; i++)
            TensorAssert.Close(expected[i], gradients[i], 1e-5 * Math.Max(10, expected[i].abs().max().item<float>()), $"Gradient {i}");
    }

    [Theory]
    [MemberData(nameof(Pairwise))]
    public void Takes_maps_of_odd_extents(NonLocalPairwise pairwise)
    {
        using var scope = NewDisposeScope();
        using var block = new NonLocal(5, dimension: 2, pairwise, subSample: true, batchNorm: true);
        block.eval();
        Assert.Equal([3, 5, 3, 2], block.call(randn([3, 5, 3, 2])).shape);
        Assert.Equal([1, 5, 13, 7], block.call(randn([1, 5, 13, 7])).shape);
    }

    [Fact]
    public void Says_which_maps_are_too_small_to_be_halved()
    {
        using var scope = NewDisposeScope();
        using var block = new NonLocal(4, dimension: 2, NonLocalPairwise.EmbeddedGaussian, subSample: true, batchNorm: true);
        var fault = Assert.Throws<InputException>(() => block.call(randn([1, 4, 1, 5])));
        Assert.Contains("A map of 1x5 is too small for the non-local block, which halves it: it takes 2 positions or more each way", fault.Message);
        using var whole = new NonLocal(4, dimension: 2, NonLocalPairwise.EmbeddedGaussian, subSample: false, batchNorm: true);
        Assert.Equal([2, 4, 1, 5], whole.call(randn([2, 4, 1, 5])).shape);
        using var video = new NonLocal(4, dimension: 3, NonLocalPairwise.EmbeddedGaussian, subSample: true, batchNorm: true);
        Assert.Equal([2, 4, 1, 2, 2], video.call(randn([2, 4, 1, 2, 2])).shape);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Starts_as_the_identity(bool batchNorm)
    {
        using var scope = NewDisposeScope();
        using var block = new NonLocal(4, dimension: 2, NonLocalPairwise.EmbeddedGaussian, subSample: true, batchNorm);
        var x = randn([2, 4, 6, 8]);
        TensorAssert.Close(x, block.call(x).detach(), 1e-6);
    }

    [Fact]
    public void Computes_in_bfloat16()
    {
        random.manual_seed(8);
        using var scope = NewDisposeScope();
        foreach (var pairwise in Enum.GetValues<NonLocalPairwise>())
        {
            using var block = new NonLocal(8, dimension: 2, pairwise, subSample: true, batchNorm: false, zeroInitialized: false);
            var x = randn([1, 8, 10, 12]);
            using var withoutGradient = no_grad();
            var expected = block.call(x);
            block.to(ScalarType.BFloat16);
            var actual = block.call(x.to_type(ScalarType.BFloat16));
            Assert.Equal(ScalarType.BFloat16, actual.dtype);
            TensorAssert.Close(expected, actual, 0.05, $"{pairwise}");
        }
    }

    private static NonLocal Create(string name, JsonElement description)
    {
        var arguments = description.GetProperty("arguments");
        var pairwise = Enum.GetValues<NonLocalPairwise>().Single(value =>
            name.StartsWith($"nonlocal_{JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString())}_", StringComparison.Ordinal));
        return new NonLocal(
            arguments.GetProperty("in_channels").GetInt32(), arguments.GetProperty("dimension").GetInt32(), pairwise,
            arguments.GetProperty("sub_sample").GetBoolean(), arguments.GetProperty("bn_layer").GetBoolean());
    }

    private static Tensor AllPairs(NonLocal block, Tensor x, NonLocalPairwise pairwise)
    {
        var parameters = block.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        var values = Embedded("g");
        var isGaussian = pairwise == NonLocalPairwise.Gaussian;
        var queries = isGaussian ? x.flatten(2).transpose(1, 2) : Embedded("theta");
        var keys = isGaussian ? x.flatten(2).transpose(1, 2) : Embedded("phi");
        var products = queries.bmm(keys.transpose(1, 2));                                       // (N, L, L)
        var weights = pairwise switch
        {
            NonLocalPairwise.DotProduct => products / keys.shape[1],
            NonLocalPairwise.Concatenation => Concatenated(parameters["concat_project.0.weight"]) / keys.shape[1],
            _ => products.softmax(-1),
        };
        var mean = weights.bmm(values).transpose(1, 2).contiguous().view(x.shape[0], -1, x.shape[2], x.shape[3]);
        return functional.conv2d(mean, parameters["W.weight"], parameters["W.bias"]) + x;

        Tensor Embedded(string layer) =>
            functional.conv2d(x, parameters[$"{layer}.weight"], parameters[$"{layer}.bias"]).flatten(2).transpose(1, 2);

        Tensor Concatenated(Parameter weight)
        {
            var (first, second) = (weight.view(2, -1)[0], weight.view(2, -1)[1]);
            return (queries.matmul(first).unsqueeze(2) + keys.matmul(second).unsqueeze(1)).relu();
        }
    }
}
