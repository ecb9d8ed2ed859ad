using static TorchSharp.torch;

namespace Seg.Models.Tests;

/// <summary>What tests say about tensors.</summary>
internal static class TensorAssert
{
    public static void Close(Tensor expected, Tensor actual, double tolerance, string what = "")
    {
        Assert.Equal(expected.shape, actual.shape);
        var difference = LargestDifference(expected, actual);
        Assert.True(difference <= tolerance, $"{what} differs by up to {difference:g3}, more than {tolerance:g3}.");
    }

    /// <summary>Type, shape and every number, bit by bit.</summary>
    public static void Same(Tensor expected, Tensor actual, string what = "")
    {
        Assert.Equal(expected.dtype, actual.dtype);
        Assert.Equal(expected.shape, actual.shape);
        using var scope = NewDisposeScope();
        Assert.True(expected.contiguous().bytes.SequenceEqual(actual.contiguous().bytes), $"{what} is not the same.");
    }

    /// <summary>Not a number where either holds one that is none.</summary>
    public static double LargestDifference(Tensor expected, Tensor actual)
    {
        using var scope = NewDisposeScope();
        return expected.numel() == 0 ? 0 : (expected.to_type(ScalarType.Float64) - actual.to_type(ScalarType.Float64)).abs().max().item<double>();
    }
}
