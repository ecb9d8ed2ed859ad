using TorchSharp.Modules;
using static TorchSharp.Tests.NNTestSupport;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

[Collection(nameof(Alone))]
public class NNUtilsTests
{
    private static Parameter[] ThreeFourTwelve() => [Learned([0, 0], [3, 4]), Learned([0], [12]), Learned([1], null)];

    [Fact]
    public void The_norm_over_all_gradients_is_bounded()
    {
        var parameters = ThreeFourTwelve();
        Assert.Equal(13, nn.utils.clip_grad_norm_(parameters, 6.5), 9);
        Close([1.5, 2], parameters[0].grad!, 1e-6);
        Close([6], parameters[1].grad!, 1e-6);
        Assert.Equal(6.5, nn.utils.clip_grad_norm_(parameters, 100), 6);
        Close([6], parameters[1].grad!, 1e-6);
        Assert.Equal(6, nn.utils.clip_grad_norm_(parameters, 100, double.PositiveInfinity), 6);
        Assert.Equal(0, nn.utils.clip_grad_norm_([Learned([1], null)], 1));
    }

    [Fact]
    public void Every_element_is_bounded()
    {
        var parameters = ThreeFourTwelve();
        SetGradient(parameters[0], [-9, 0.5]);
        nn.utils.clip_grad_value_(parameters, 2);
        Close([-2, 0.5], parameters[0].grad!);
        Close([2], parameters[1].grad!);
    }

    [Fact]
    public void Bounding_leaves_no_tensors()
    {
        var parameters = ThreeFourTwelve();
        LeavesNoTensors(() =>
        {
            nn.utils.clip_grad_norm_(parameters, 1);
            nn.utils.clip_grad_value_(parameters, 1);
        });
    }
}
