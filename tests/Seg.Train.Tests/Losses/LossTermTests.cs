using Seg.Models.Runtime;
using Seg.Train.Losses;
using static TorchSharp.torch;

namespace Seg.Train.Tests.Losses;

/// <summary>What holds for every loss: numbers from elsewhere, gradients, and labels that do not count.</summary>
public class LossTermTests
{
    private const byte Ignored = SmallCase.Ignored;
    private static readonly double[] Weights = [0.5, 2, 1];

    /// <summary>Each loss by a name, and what it is of <see cref="SmallCase"/>.</summary>
    private static readonly Dictionary<string, (Func<LossTerm> Create, double Expected)> Losses = new()
    {
        ["cross_entropy"] = (() => new CrossEntropyLoss(null, Ignored, CPU), 1.5302042443703063),
        ["smoothed"] = (() => new CrossEntropyLoss(Weights, Ignored, CPU, labelSmoothing: 0.1), 1.5969056179478414),
        ["focal"] = (() => new CrossEntropyLoss(Weights, Ignored, CPU, gamma: 2), 1.1603320052551807),
        ["focal below 1"] = (() => new CrossEntropyLoss(Weights, Ignored, CPU, gamma: 0.5), 1.439067446568419),
        ["ohem by threshold"] = (() => new OhemLoss(0.3, minKept: 5, null, Ignored, CPU), 2.4271740951196517),
        ["ohem by number"] = (() => new OhemLoss(0.1, minKept: 25, null, Ignored, CPU), 2.350422447359538),
        ["dice"] = (() => new DiceLoss(squared: false, smooth: 1, perImage: false, Ignored), 0.6478439089892292),
        ["dice, squared"] = (() => new DiceLoss(squared: true, smooth: 0, perImage: false, Ignored), 0.5683260388270955),
        ["dice by image"] = (() => new DiceLoss(squared: false, smooth: 1, perImage: true, Ignored), 0.6375888415140561),
        ["lovasz"] = (() => new LovaszLoss(perImage: false, Ignored), 0.7251251219030005),
        ["lovasz by image"] = (() => new LovaszLoss(perImage: true, Ignored), 0.7253045498391442),
    };

    public static TheoryData<string> Names => [.. Losses.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_the_value_of_its_definition(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = Losses[name].Create();

        Assert.Equal(Losses[name].Expected, loss.Of(SmallCase.Logits(), SmallCase.Labels(), alignCorners: true).item<float>(), 5);
        Assert.Equal(Losses[name].Expected, loss.Of(SmallCase.Logits().detach(), SmallCase.Labels(), alignCorners: true).item<float>(), 5);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_the_gradient_of_finite_differences(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = Losses[name].Create();
        using var logits = SmallCase.Logits();
        var labels = SmallCase.Labels();
        (loss.Of(logits, labels, alignCorners: false) * 2).backward();

        const double Step = 5e-3;
        var largest = logits.grad!.abs().max().item<float>();
        var plain = logits.detach();
        foreach (var place in Enumerable.Range(0, 12).Select(i => i * 6 + i % 5))
        {
            double At(double change)
            {
                using var moved = plain.clone();
                moved.view(-1).narrow(0, place, 1).add_(change);
                return 2 * loss.Of(moved, labels, alignCorners: false).item<float>();
            }
            var expected = (At(Step) - At(-Step)) / (2 * Step);
            // Lovász has corners, which a difference may straddle: two slopes in place of one.
            Assert.Equal(expected, logits.grad!.view(-1)[place].item<float>(), 0.03 * largest);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Counts_the_pixels_that_are_not_ignored_whatever_lies_under_the_others(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = Losses[name].Create();
        using var logits = SmallCase.Logits();
        // The right half is ignored: its logits, at least two positions away from the other half, must not matter.
        var labels = SmallCase.Labels();
        labels.narrow(2, 4, 5).fill_(Ignored);
        using var changed = logits.detach().clone();
        changed.narrow(3, 3, 1).add_(5);

        var value = loss.Of(logits, labels, alignCorners: true);
        value.backward();
        Assert.Equal(value.item<float>(), loss.Of(changed, labels, alignCorners: true).item<float>());
        Assert.Equal(0, logits.grad!.narrow(3, 3, 1).abs().sum().item<float>());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_no_number_without_a_pixel_that_counts_and_says_so_by_its_mass(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = Losses[name].Create();
        var ignored = full([2, 6, 9], Ignored, ScalarType.Byte);

        Assert.True(float.IsNaN(loss.Of(SmallCase.Logits(), ignored, alignCorners: true).item<float>()));
        Assert.Equal(0, loss.Mass(ignored).item<double>());
        Assert.True(loss.Mass(SmallCase.Labels()).item<double>() > 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_image_without_a_label_beside_another_and_classes_that_no_pixel_is_of_do_no_harm(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = Losses[name].Create();
        using var logits = SmallCase.Logits();
        var labels = SmallCase.Labels();
        labels.narrow(0, 0, 1).fill_(Ignored);
        labels.masked_fill_(labels.eq(2), 0);   // class 2 is not there

        var value = loss.Of(logits, labels, alignCorners: true);
        value.backward();
        Assert.True(float.IsFinite(value.item<float>()));
        Assert.True(logits.grad!.isfinite().all().item<bool>());
        Assert.Equal(0, logits.grad!.narrow(0, 0, 1).abs().sum().item<float>());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Logits_that_are_no_numbers_give_a_loss_that_is_none(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = Losses[name].Create();
        using var logits = (SmallCase.Logits().detach() * float.NaN).requires_grad_(true);

        Assert.True(float.IsNaN(loss.Of(logits, SmallCase.Labels(), alignCorners: true).item<float>()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Takes_the_bfloat16_logits_of_autocast(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = Losses[name].Create();
        using var logits = SmallCase.Logits(ScalarType.BFloat16);
        var value = loss.Of(logits, SmallCase.Labels(), alignCorners: true);
        value.backward();

        Assert.Equal(ScalarType.Float32, value.dtype);
        Assert.Equal(ScalarType.BFloat16, logits.grad!.dtype);
        // Some pixels of ohem change sides by the rounding of the logits.
        Assert.Equal(Losses[name].Expected, value.item<float>(), 0.03);
    }

    // Float64 is unknown to the fused operators, which then are composed of plain ones, as on a GPU.
    [Theory]
    [MemberData(nameof(Names))]
    public void Is_the_same_of_plain_operators(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = Losses[name].Create();
        using Tensor plain = SmallCase.Logits(ScalarType.Float64), fused = SmallCase.Logits();
        var value = loss.Of(plain, SmallCase.Labels(), alignCorners: true);
        value.backward();
        loss.Of(fused, SmallCase.Labels(), alignCorners: true).backward();

        Assert.Equal(Losses[name].Expected, value.item<float>(), 5);
        TensorAssert.Close(fused.grad!, plain.grad!, 1e-5);
    }

    [Fact]
    public void Weight_zero_keeps_pixels_out_of_label_smoothing_too()
    {
        using var scope = NewDisposeScope();
        using var loss = new CrossEntropyLoss([0, 1, 1], Ignored, CPU, labelSmoothing: 0.2);
        var labels = SmallCase.Labels();
        var without = labels.masked_fill(labels.eq(0), Ignored);

        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            var logits = SmallCase.Logits(type).detach();
            Assert.Equal(loss.Of(logits, without, alignCorners: true).item<float>(), loss.Of(logits, labels, alignCorners: true).item<float>(), 5);
        }
    }

    [Fact]
    public void Lovasz_of_plain_operators_is_that_of_the_fused_one()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var probabilities = randn(5, 400).softmax(0);
        var labels = randint(0, 4, [400], ScalarType.Int64).to_type(ScalarType.Byte);   // class 4 is not there
        labels.masked_fill_(rand(400) < 0.2, Ignored);
        Tensor fused = probabilities.clone(), plain = probabilities.clone();

        var losses = TorchRuntime.Current.LovaszSlopes(fused, labels, Ignored);
        var expected = ComposedLovasz.Slopes(plain, labels, Ignored);

        Assert.True(double.IsNaN(losses[4].item<double>()) && double.IsNaN(expected[4].item<double>()));
        TensorAssert.Close(expected.nan_to_num(), losses.nan_to_num(), 1e-6);
        TensorAssert.Close(plain, fused, 1e-6);
    }

    [Fact]
    public void Lovasz_of_sure_predictions_is_one_less_the_mean_iou()
    {
        using var scope = NewDisposeScope();
        manual_seed(6);
        var labels = randint(0, 3, [1, 8, 8], ScalarType.Int64);
        var predicted = labels.where(rand(1, 8, 8) > 0.3, randint(0, 3, [1, 8, 8], ScalarType.Int64));
        var logits = nn.functional.one_hot(predicted, 3).permute(0, 3, 1, 2).to_type(ScalarType.Float32) * 100;
        var iou = Enumerable.Range(0, 3).Average(label =>
        {
            Tensor actual = labels.eq(label), found = predicted.eq(label);
            return actual.logical_and(found).sum().item<long>() / (double)actual.logical_or(found).sum().item<long>();
        });

        using var loss = new LovaszLoss(perImage: false, Ignored);
        Assert.Equal(1 - iou, loss.Of(logits, labels.to_type(ScalarType.Byte), alignCorners: true).item<float>(), 5);
    }

    [Fact]
    public void Ohem_leaves_pixels_of_weight_zero_out_of_the_hard_ones()
    {
        using var scope = NewDisposeScope();
        // Class 0 is taken for class 1 everywhere, so its pixels are the hardest; but they do not count.
        var logits = zeros(1, 2, 4, 4);
        logits.narrow(1, 1, 1).fill_(3);
        var labels = zeros([1, 4, 4], ScalarType.Byte);
        labels.narrow(1, 0, 1).fill_(1);

        using var loss = new OhemLoss(threshold: 0.5, minKept: 2, [0, 1], Ignored, CPU);
        Assert.Equal(Math.Log(1 + Math.Exp(-3)), loss.Of(logits, labels, alignCorners: true).item<float>(), 6);
    }

    [Fact]
    public void The_focal_loss_of_a_pixel_that_is_certain_is_nothing_and_so_is_its_gradient()
    {
        using var scope = NewDisposeScope();
        foreach (var gamma in new[] { 0.3, 1, 2 })
        {
            using var loss = new CrossEntropyLoss(null, Ignored, CPU, gamma: gamma);
            using var logits = (nn.functional.one_hot(zeros([1, 4, 4], ScalarType.Int64), 3).permute(0, 3, 1, 2).to_type(ScalarType.Float32) * 200).requires_grad_(true);
            var value = loss.Of(logits, zeros([1, 4, 4], ScalarType.Byte), alignCorners: true);
            value.backward();
            Assert.Equal(0, value.item<float>());
            Assert.Equal(0, logits.grad!.abs().sum().item<float>());
        }
    }
}
