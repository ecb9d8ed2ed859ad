using TorchSharp.Modules;
using static TorchSharp.Tests.NNTestSupport;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests;

public class NNLossTests
{
    private static readonly double[][] Logits = [[1, 2, 0.5], [0, -1, 3], [2, 2, 2]];
    private static readonly long[] Classes = [1, 2, 0];

    private static Tensor Rows() => Values([3, 3], [.. Logits.SelectMany(row => row)]);

    private static double LogShare(int row, long column) =>
        Logits[row][column] - Math.Log(Logits[row].Sum(Math.Exp));

    [Fact]
    public void Cross_entropy_is_the_mean_surprise_at_the_targets()
    {
        using var input = Rows();
        using var target = tensor(Classes);
        double[] each = [.. Classes.Select((column, row) => -LogShare(row, column))];
        Close([each.Average()], CrossEntropyLoss().call(input, target));
        Close([each.Sum()], CrossEntropyLoss(reduction: Reduction.Sum).call(input, target));
        Close(each, CrossEntropyLoss(reduction: Reduction.None).call(input, target));
        Close([each.Average()], functional.cross_entropy(input, target));
    }

    [Fact]
    public void Cross_entropy_weighs_classes_and_leaves_the_ignored_out()
    {
        using var input = Rows();
        using var target = tensor(new long[] { 1, 255, 0 });
        using var weight = Values([3], 0.5, 2, 1);
        double expected = -(2 * LogShare(0, 1) + 0.5 * LogShare(2, 0)) / 2.5;
        using var module = CrossEntropyLoss(weight, ignore_index: 255);
        Close([expected], module.call(input, target));
        Assert.Equal(255, module.ignore_index);
        Close([expected], functional.cross_entropy(input, target, weight, 255));
    }

    [Fact]
    public void Cross_entropy_smooths_labels()
    {
        using var input = Rows();
        using var target = tensor(Classes);
        double expected = Classes.Select((column, row) =>
            -0.7 * LogShare(row, column) - 0.1 * Enumerable.Range(0, 3).Sum(c => LogShare(row, c))).Average();
        Close([expected], functional.cross_entropy(input, target, label_smoothing: 0.3));
    }

    [Fact]
    public void Likelihood_takes_logarithms()
    {
        using var input = Rows();
        using var target = tensor(Classes);
        using var logarithms = functional.log_softmax(input, 1);
        Close(Read(functional.cross_entropy(input, target)), NLLLoss().call(logarithms, target));
        Close([-Logits[0][1], -Logits[1][2], -Logits[2][0]], functional.nll_loss(input, target, reduction: Reduction.None));
    }

    [Fact]
    public void Binary_cross_entropy_takes_logits()
    {
        using var input = Values([2], 0.5, -2);
        using var target = Values([2], 1, 0.25);
        double Softplus(double x) => Math.Log(1 + Math.Exp(x));
        double[] each = [Softplus(-0.5), 0.25 * Softplus(2) + 0.75 * Softplus(-2)];
        Close([each.Average()], BCEWithLogitsLoss().call(input, target));
        using var weight = Values([2], 1, 3);
        using var positive = Values([2], 2, 4);
        Close(
            [2 * Softplus(-0.5), 3 * (4 * 0.25 * Softplus(2) + 0.75 * Softplus(-2))],
            BCEWithLogitsLoss(weight, Reduction.None, positive).call(input, target));
    }

    [Fact]
    public void Distances_are_squared_absolute_or_both()
    {
        using var input = Values([3], 1, 2, 3);
        using var target = Values([3], 1.5, 0, 3);
        Close([(0.25 + 4) / 3], MSELoss().call(input, target));
        Close([2.5], L1Loss(Reduction.Sum).call(input, target));
        Close([0.125, 1.5, 0], SmoothL1Loss(Reduction.None).call(input, target));
        Close([0.25, 1.75, 0], functional.smooth_l1_loss(input, target, Reduction.None, beta: 0.5));
    }

    [Fact]
    public void Divergence_is_from_a_target_or_its_logarithm()
    {
        using var input = Values([2], Math.Log(0.25), Math.Log(0.75));
        using var target = Values([2], 0.5, 0.5);
        double expected = 0.5 * Math.Log(2) + 0.5 * Math.Log(2.0 / 3);
        Close([expected], KLDivLoss(log_target: false, Reduction.Sum).call(input, target));
        using var logarithm = target.log();
        Close([expected / 2], KLDivLoss().call(input, logarithm));
        Close([expected / 2], functional.kl_div(input, logarithm));
    }
}
