using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Weights;

public class StateDictTests
{
    private static Network Create() =>
        NetworkFactory.Create(new BlockModelConfig { Block = new StripPoolingConfig { InChannels = 4 } });

    [Fact]
    public void Loading_names_every_key_that_does_not_fit_and_loads_nothing()
    {
        using var scope = NewDisposeScope();
        using var network = Create();
        var weights = StateDict.Of(network).ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone());
        weights.Remove("bn1.weight");
        weights.Add("classifier.weight", zeros([1]));
        weights["conv1.weight"] = zeros([4, 4, 1, 3]);
        weights["conv3.bias"].fill_(77);

        var error = Assert.Throws<InputException>(() => StateDict.Load(network, weights, "some.pth"));
        Assert.Equal("The weights of some.pth do not fit the network: 12 of its 14 entries fit; 1 missing: bn1.weight; 1 unexpected: classifier.weight; "
            + "1 of another shape: conv1.weight ([4, 4, 1, 3], must be [4, 4, 3, 1]). Is this the model config that the weights were trained with?", error.Message);
        Assert.DoesNotContain(77f, network.get_parameter("conv3.bias")!.data<float>().ToArray());
    }

    [Fact]
    public void Long_lists_of_keys_are_cut_with_their_count()
    {
        using var network = Create();
        var error = Assert.Throws<InputException>(() => StateDict.Load(network, new Dictionary<string, Tensor>(), "some.pth"));
        Assert.Contains("14 missing: conv1.weight, bn1.weight, bn1.bias, bn1.running_mean, bn1.running_var, bn1.num_batches_tracked, "
            + "conv2.weight, bn2.weight, bn2.bias, bn2.running_mean, …", error.Message);
    }
}
