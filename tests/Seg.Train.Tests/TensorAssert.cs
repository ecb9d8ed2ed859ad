using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Train.Tests;

/// <summary>What tests say about tensors.</summary>
internal static class TensorAssert
{
    /// <summary>The same parameters and buffers, bit by bit.</summary>
    public static void SameState(Module expected, Module actual)
    {
        using var scope = NewDisposeScope();
        var other = actual.state_dict();
        foreach (var (name, value) in expected.state_dict())
            Assert.True(Difference(value, other[name]) == 0, $"'{name}' differs by up to {Difference(value, other[name]):g3}.");
    }

    public static void Close(Tensor expected, Tensor actual, double tolerance)
    {
        using var scope = NewDisposeScope();
        var difference = Difference(expected, actual);
        Assert.True(difference <= tolerance, $"The largest difference is {difference:g3}, above {tolerance:g3}.");
    }

    private static double Difference(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        return (expected.to_type(ScalarType.Float64) - actual.to_type(ScalarType.Float64)).abs().max().item<double>();
    }
}
