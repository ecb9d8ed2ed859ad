using Seg.Models.Backbones;
using Seg.Models.Blocks;
using Seg.Models.Heads;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Heads;

/// <summary>
/// Against the head of the authors' hrnet_dekr.py with random weights (References/dekr_head.safetensors), where torchvision's DeformConv2d, which was not at
/// hand, was written anew by its definition.
/// </summary>
public sealed class DekrHeadTests
{
    private const int Keypoints = 3;

    [Fact]
    public void Gives_the_authors_outputs_and_gradients()
    {
        using var scope = NewDisposeScope();
        var reference = References();
        using var head = Create();
        StateDict.Load(head, Part(reference, "weight/"), "the reference");
        head.eval();
        var maps = Maps(reference);
        var outputs = head.call(maps);

        TensorAssert.Close(reference["heatmaps"], outputs[0], tolerance: 1e-5);
        TensorAssert.Close(reference["offsets"], outputs[1], tolerance: 1e-5);
        ((outputs[0] * reference["g_heatmaps"]).sum() + (outputs[1] * reference["g_offsets"]).sum()).backward();
        for (var i = 0; i < maps.Length; i++)
            TensorAssert.Close(reference[$"grad_map_{i}"], maps[i].grad!, tolerance: 2e-4);
        foreach (var (name, expected) in Part(reference, "gradient/"))
            TensorAssert.Close(expected, head.get_parameter(name)!.grad!, tolerance: 2e-4);
    }

    [Fact]
    public void Folded_for_prediction_gives_the_same()
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        var reference = References();
        using var head = Create();
        StateDict.Load(head, Part(reference, "weight/"), "the reference");
        head.eval();
        foreach (var foldable in head.modules().Append(head).Distinct().OfType<IFoldable>())
            foldable.Fold();
        var outputs = head.call(Maps(reference));

        TensorAssert.Close(reference["heatmaps"], outputs[0], tolerance: 1e-5);
        TensorAssert.Close(reference["offsets"], outputs[1], tolerance: 1e-5);
    }

    [Fact]
    public void A_deformable_convolution_that_moves_nothing_is_a_convolution()
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        random.manual_seed(1);
        using var convolution = new DeformableConv(3, 4, dilation: 2);
        var x = randn(2, 3, 5, 7);

        TensorAssert.Close(nn.functional.conv2d(x, convolution.Weight, padding: [2, 2], dilation: [2, 2]), convolution.call([x, zeros(2, 18, 5, 7)]),
            tolerance: 1e-5);
    }

    [Fact]
    public void Taps_moved_beyond_a_map_of_one_position_see_nothing()
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        using var convolution = new DeformableConv(1, 1);
        var moved = convolution.call([ones(1, 1, 1, 1), zeros(1, 18, 1, 1)]);

        Assert.Equal(convolution.Weight[0, 0, 1, 1].item<float>(), moved.item<float>(), tolerance: 1e-6);
    }

    [Fact]
    public void Starts_with_all_taps_at_rest()
    {
        using var head = Create();
        head.InitializeAsAuthors();

        Assert.All(head.named_parameters().Where(entry => entry.name.Contains("transform_matrix") || entry.name.Contains("translation")),
            entry => Assert.Equal(0, entry.parameter.count_nonzero().item<long>()));
        Assert.All(head.named_parameters().Where(entry => entry.name.EndsWith("adapt_conv.weight")),
            entry => Assert.True(entry.parameter.std().item<float>() > 0.05f, "Adaptive convolutions start as PyTorch's do."));
    }

    private static DekrHead Create() =>
        new([new FeatureMap(4, 4), new FeatureMap(8, 8), new FeatureMap(16, 16), new FeatureMap(32, 32)], Keypoints,
            heatmapChannels: 6, heatmapBlocks: 1, channelsPerKeypoint: 4, offsetBlocks: 2);

    private static IReadOnlyDictionary<string, Tensor> References() =>
        SafeTensors.Read(Path.Combine(AppContext.BaseDirectory, "References", "dekr_head.safetensors")).Tensors;

    private static Dictionary<string, Tensor> Part(IReadOnlyDictionary<string, Tensor> reference, string prefix) =>
        reference.Where(entry => entry.Key.StartsWith(prefix)).ToDictionary(entry => entry.Key[prefix.Length..], entry => entry.Value);

    private static Tensor[] Maps(IReadOnlyDictionary<string, Tensor> reference) =>
        [.. Enumerable.Range(0, 4).Select(i => reference[$"map_{i}"].requires_grad_(is_grad_enabled()))];
}
