using TorchSharp.Modules;
using static TorchSharp.Tests.NNTestSupport;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests;

public class NNPoolingTests
{
    // 0 … 15 in four rows.
    private static Tensor Board() => Values([1, 1, 4, 4], [.. Enumerable.Range(0, 16).Select(i => (double)i)]);

    [Fact]
    public void Max_pooling_keeps_the_largest_of_each_window()
    {
        using var board = Board();
        Close([5, 7, 13, 15], MaxPool2d(2).call(board));
        Close([0, 2, 3, 8, 10, 11, 12, 14, 15], MaxPool2d(2, stride: 2, padding: 1).call(board));
        Close([10, 11, 14, 15], MaxPool2d(2, stride: 1, dilation: 2).call(board));
        Close([10, 11, 14, 15], MaxPool2d(3, stride: 1).call(board));
        Close([10, 11, 14, 15], MaxPool2d(3, stride: 2, ceil_mode: true).call(board));
        Close([1, 3, 5, 7, 9, 11, 13, 15], MaxPool2d((1, 2)).call(board));
        var (values, indices) = MaxPool2d([2, 2]).forward_with_indices(board);
        Close([5, 7, 13, 15], values);
        Close([5, 7, 13, 15], indices);
    }

    [Fact]
    public void Max_pooling_works_in_one_and_three_dimensions()
    {
        using var line = Values([1, 1, 5], 1, 5, 2, 4, 3);
        Close([5, 4], MaxPool1d(2).call(line));
        Close([5, 5, 4, 4], MaxPool1d(2, stride: 1).call(line));
        var (_, indices) = MaxPool1d(2).forward_with_indices(line);
        Close([1, 3], indices);
        using var volume = Board().view(1, 1, 4, 2, 2);
        Close([7, 15], MaxPool3d(2).call(volume));
        Close([4, 5, 6, 7, 12, 13, 14, 15], MaxPool3d((2, 1, 1)).call(volume));
    }

    [Fact]
    public void Average_pooling_counts_the_padding_unless_told_not_to()
    {
        using var board = Board();
        Close([2.5, 4.5, 10.5, 12.5], AvgPool2d(2).call(board));
        Close([0, 0.75, 0.75, 3, 7.5, 4.5, 3, 6.75, 3.75], AvgPool2d(2, stride: 2, padding: 1).call(board));
        Close([0, 1.5, 3, 6, 7.5, 9, 12, 13.5, 15], AvgPool2d(2, 2, 1, count_include_pad: false).call(board));
        Close([10, 18, 42, 50], AvgPool2d((2, 2), divisor_override: 1).call(board));
    }

    [Fact]
    public void Adaptive_pooling_gives_the_extents_asked_for()
    {
        using var board = Board();
        Close([7.5], AdaptiveAvgPool2d(1).call(board));
        Close([1.5, 5.5, 9.5, 13.5], AdaptiveAvgPool2d((4, 1)).call(board));
        // Four columns in three windows: 0-1, 1-2, 2-3.
        Close([6.5, 7.5, 8.5], AdaptiveAvgPool2d([1, 3]).call(board));
        Close([1.5, 5.5, 9.5, 13.5], AdaptiveAvgPool1d(1).call(board.view(1, 4, 4)));
        Close([3.5, 11.5], AdaptiveAvgPool3d((2, 1, 1)).call(board.view(1, 1, 4, 2, 2)));
        Close([7.5], AdaptiveAvgPool3d(1).call(board.view(1, 1, 4, 2, 2)));
    }
}
