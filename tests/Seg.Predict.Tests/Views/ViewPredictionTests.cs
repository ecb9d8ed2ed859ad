using OpenCvSharp;
using Seg.Models;
using Seg.Models.Networks;
using Seg.Models.Runtime;
using Seg.Predict.Views;
using TorchSharp;
using static TorchSharp.torch;
using Size = OpenCvSharp.Size;

namespace Seg.Predict.Tests.Views;

/// <summary>Windows, scales and mirror images of a real network, beside the same computed at full size.</summary>
public sealed class ViewPredictionTests : IDisposable
{
    private static readonly PredictorOptions Exact = new() { Precision = Precision.Fp32 };

    private readonly Network network = TestModel.Create();
    private readonly IDisposable noGrad = no_grad();
    private readonly DisposeScope scope = NewDisposeScope();

    public ViewPredictionTests() => network.eval();

    public void Dispose()
    {
        scope.Dispose();
        noGrad.Dispose();
        network.Dispose();
    }

    [Fact]
    public void The_flip_test_is_the_mean_of_the_probabilities_of_both_sides()
    {
        using var image = TestImages.Pattern(61, 45);
        ManualViews expected = new(network, ViewAverage.Probabilities);
        expected.AddWhole(image, image.Size(), mirrored: false);
        expected.AddWhole(image, image.Size(), mirrored: true);
        AssertPredicts(expected, image, Exact with { FlipTest = true });
        using var plain = Predictor(Exact);
        using var flipped = Predictor(Exact with { FlipTest = true });
        Assert.NotEqual(plain.PredictWithConfidence(image).Confidence!.Values, flipped.PredictWithConfidence(image).Confidence!.Values);
    }

    [Theory]
    [InlineData(ViewAverage.Probabilities)]
    [InlineData(ViewAverage.Logits)]
    [InlineData(ViewAverage.Exponentials)]
    public void Scales_are_averaged_as_was_asked_for(ViewAverage average)
    {
        using var image = TestImages.Gradient(64, 48);
        ManualViews expected = new(network, average);
        expected.AddWhole(image, new Size(48, 36), mirrored: false);
        expected.AddWhole(image, new Size(64, 48), mirrored: false);
        expected.AddWhole(image, new Size(96, 72), mirrored: false);
        AssertPredicts(expected, image, Exact with { Views = new() { Scales = [0.75, 1, 1.5], Average = average } });
    }

    [Fact]
    public void Scales_and_mirror_images_go_together()
    {
        using var image = TestImages.Gradient(64, 48);
        ManualViews expected = new(network, ViewAverage.Probabilities);
        foreach (var size in new[] { new Size(64, 48), new Size(128, 96) })
        {
            expected.AddWhole(image, size, mirrored: false);
            expected.AddWhole(image, size, mirrored: true);
        }
        AssertPredicts(expected, image, Exact with { FlipTest = true, Views = new() { Scales = [1, 2] } });
    }

    [Fact]
    public void Exponentials_are_of_the_mean_score_of_both_sides()
    {
        using var image = TestImages.Gradient(64, 48);
        var scores = (ManualViews.Scores(network, image, image.Size(), false) + ManualViews.Scores(network, image, image.Size(), true)) / 2;
        using var predictor = Predictor(Exact with { FlipTest = true, Views = new() { Average = ViewAverage.Exponentials } });
        var expected = scores.softmax(1).permute(0, 2, 3, 1).contiguous().data<float>().ToArray();
        AssertClose(expected, Probabilities(predictor, image));
    }

    [Theory]
    [InlineData(ViewAverage.Probabilities, WindowBlend.Smooth)]
    [InlineData(ViewAverage.Probabilities, WindowBlend.Uniform)]
    [InlineData(ViewAverage.Logits, WindowBlend.Uniform)]
    [InlineData(ViewAverage.Exponentials, WindowBlend.Smooth)]
    public void Windows_are_blended_as_if_all_classes_were_held_at_the_images_size(ViewAverage average, WindowBlend blend)
    {
        using var image = TestImages.Pattern(150, 85);                  // both axes end with a window that overlaps more
        ManualViews expected = new(network, average);
        expected.AddWindows(image, ([0, 24, 37], 48), ([0, 32, 64, 86], 64), length => [.. Enumerable.Range(0, length).Select(place =>
        {
            // Half of a window is common to two.
            var part = Math.Min(1, (Math.Min(place, length - 1 - place) + 0.5) / (length / 2));
            return blend == WindowBlend.Uniform ? 1 : part * part * (3 - 2 * part);
        })]);
        AssertPredicts(expected, image, Exact with { Views = new() { Window = [48, 64], Overlap = 0.5, Blend = blend, Average = average } });
    }

    [Fact]
    public void Windows_without_overlap_stand_side_by_side()
    {
        using var image = TestImages.Gradient(128, 96);
        ManualViews expected = new(network, ViewAverage.Probabilities);
        expected.AddWindows(image, ([0, 48], 48), ([0, 64], 64), length => [.. Enumerable.Repeat(1.0, length)]);
        AssertPredicts(expected, image, Exact with { Views = new() { Window = [48, 64], Overlap = 0 } });
    }

    [Theory]
    [InlineData(40, 33)]
    [InlineData(64, 48)]
    [InlineData(200, 40)]                                               // larger along one axis alone
    public void An_image_smaller_than_a_window_is_seen_whole(int width, int height)
    {
        using var image = TestImages.Gradient(width, height);
        using var plain = Predictor(Exact);
        using var windowed = Predictor(Exact with { Views = new() { Window = [64, 256] } });
        var (expected, actual) = (plain.PredictWithConfidence(image), windowed.PredictWithConfidence(image));
        Assert.Equal(expected.Labels, actual.Labels);
        Assert.Equal(expected.Confidence!.Mean, actual.Confidence!.Mean, 1e-6);
        AssertClose(expected.Confidence.MeanByClass[..3], actual.Confidence.MeanByClass[..3]);
        Assert.All(expected.Confidence.Values.Zip(actual.Confidence.Values), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
    }

    [Fact]
    public void A_fixed_size_is_what_windows_slide_over()
    {
        using var image = TestImages.Gradient(100, 80);
        using var whole = Predictor(Exact with { InputSize = [48, 64] });
        using var windowed = Predictor(Exact with { InputSize = [48, 64], Views = new() { Window = [48, 64] } });
        Assert.Equal(whole.Predict(image).Labels, windowed.Predict(image).Labels);
        using var smaller = Predictor(Exact with { InputSize = [48, 64], Views = new() { Window = [32, 32] } });
        Assert.NotEqual(whole.Predict(image).Labels, smaller.Predict(image).Labels);
    }

    [Fact]
    public void Images_above_the_limit_get_windows_of_the_training_size()
    {
        using var image = TestImages.Gradient(130, 100);
        using var automatic = Predictor(Exact with { MaxPixels = 130 * 100 - 1, MaxSide = 32 });
        using var explicitly = Predictor(Exact with { Views = new() { Window = TestModel.Description.InputSize } });
        Assert.Equal(explicitly.Predict(image).Labels, automatic.Predict(image).Labels);
        Assert.True(automatic.PlanFor(image.Size()).IsAutomatic);
        Assert.False(automatic.PlanFor(new Size(130, 99)).IsAutomatic);
        using var fixedSize = Predictor(Exact with { MaxPixels = 1, InputSize = [48, 64] });
        Assert.True(fixedSize.PlanFor(image.Size()).IsPlain);
    }

    [Fact]
    public void Probabilities_of_a_plain_prediction_can_be_had_too()
    {
        using var image = TestImages.Pattern(61, 45);
        ManualViews expected = new(network, ViewAverage.Probabilities);
        expected.AddWhole(image, image.Size(), mirrored: false);
        AssertPredicts(expected, image, Exact);
    }

    [Fact]
    public void Classes_with_a_left_and_a_right_change_places_in_the_mirror()
    {
        using var image = TestImages.Pattern(64, 48);
        var labels = TestImages.Classes with { FlipPairs = [[0, 2]] };
        using SegmentationPredictor predictor = new(network, TestModel.Description with { Labels = labels }, Exact with { FlipTest = true });
        var here = ManualViews.Scores(network, image, image.Size(), mirrored: false).softmax(1);
        var there = ManualViews.Scores(network, image, image.Size(), mirrored: true).softmax(1).index_select(1, tensor([2L, 1, 0]));
        var expected = ((here + there) / 2).permute(0, 2, 3, 1).contiguous().data<float>().ToArray();
        AssertClose(expected, Probabilities(predictor, image));
    }

    [Fact]
    public void Views_leave_no_tensor_behind()
    {
        using var image = TestImages.Pattern(100, 70);
        using var predictor = Predictor(Exact with { FlipTest = true, Views = new() { Window = [48, 64], Scales = [0.5, 1] } });
        predictor.Predict(image);
        // What earlier tests left behind goes first.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = TorchRuntime.Current.LiveTensors;
        for (var count = 0; count < 5; count++)
            predictor.PredictWithConfidence(image);
        Assert.Equal(before, TorchRuntime.Current.LiveTensors);
    }

    [Fact]
    public void Impossible_options_are_refused()
    {
        Assert.Throws<InputException>(() => Predictor(Exact with { Views = new() { Overlap = 1 } }));
        Assert.Throws<InputException>(() => Predictor(Exact with { BatchSize = 0 }));
    }

    private SegmentationPredictor Predictor(PredictorOptions options) => new(network, TestModel.Description, options);

    /// <summary>The probabilities are those expected, and classes and confidence follow from them.</summary>
    private void AssertPredicts(ManualViews expected, Mat image, PredictorOptions options)
    {
        using var predictor = Predictor(options);
        List<float> received = [];
        var map = predictor.Predict(image, new LabelMapRequest { Confidence = true, Probabilities = Receive });
        AssertClose(expected.Probabilities(), received);
        for (var pixel = 0; pixel < map.Labels.Length; pixel++)
        {
            var ofPixel = received.GetRange(3 * pixel, 3);
            Assert.Equal(ofPixel.IndexOf(ofPixel.Max()), map.Labels[pixel]);
            Assert.InRange(255 * ofPixel.Max() - map.Confidence!.Values[pixel], -0.51, 0.51);
        }
        var best = received.Chunk(3).Select(ofPixel => (double)ofPixel.Max()).ToArray();
        Assert.Equal(best.Average(), map.Confidence!.Mean, 1e-9);
        foreach (var group in map.Labels.Zip(best).GroupBy(pair => pair.First, pair => pair.Second))
            Assert.Equal(group.Average(), map.Confidence.MeanByClass[group.Key], 1e-9);
        Assert.Equal(map.Labels, predictor.Predict(image).Labels);

        void Receive(int first, int rows, ReadOnlySpan<float> values)
        {
            Assert.Equal(received.Count, first * image.Cols * 3);
            Assert.Equal(rows * image.Cols * 3, values.Length);
            received.AddRange(values);
        }
    }

    private static List<float> Probabilities(SegmentationPredictor predictor, Mat image)
    {
        List<float> received = [];
        predictor.Predict(image, new LabelMapRequest { Probabilities = (_, _, values) => received.AddRange(values) });
        return received;
    }

    /// <summary>The predictor folds batch norms into convolutions, so that the last bits differ.</summary>
    private static void AssertClose<T>(IReadOnlyCollection<T> expected, IReadOnlyCollection<T> actual)
        where T : IConvertible
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.InRange(expected.Zip(actual).Max(pair => Math.Abs(Convert.ToDouble(pair.First) - Convert.ToDouble(pair.Second))), 0, 3e-5);
    }
}
