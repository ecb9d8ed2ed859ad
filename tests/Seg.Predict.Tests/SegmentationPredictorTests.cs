using System.Runtime.InteropServices;
using OpenCvSharp;
using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Runtime;
using Seg.Predict.Imaging;
using TorchSharp;

namespace Seg.Predict.Tests;

public class SegmentationPredictorTests
{
    private static readonly PredictorOptions Exact = new() { Precision = Precision.Fp32 };

    [Fact]
    public void Label_maps_have_the_size_of_any_image_and_classes_alone()
    {
        using var predictor = TestModel.CreatePredictor();
        foreach (var (width, height) in new[] { (64, 48), (61, 35), (33, 97), (32, 32) })
        {
            using var image = TestImages.Pattern(width, height);
            var map = predictor.Predict(image);
            Assert.Equal((width, height), (map.Width, map.Height));
            Assert.All(map.Labels, label => Assert.InRange(label, 0, 2));
        }
    }

    [Fact]
    public void The_network_looks_at_the_image()
    {
        using var predictor = TestModel.CreatePredictor();
        using Mat first = TestImages.Pattern(64, 48), second = TestImages.Gradient(64, 48);
        Assert.NotEqual(predictor.Predict(first).Labels, predictor.Predict(second).Labels);
        Assert.True(predictor.Predict(first).Labels.Distinct().Count() > 1);
    }

    [Fact]
    public void A_batch_gives_what_its_images_give_one_by_one_and_always_the_same()
    {
        using var predictor = TestModel.CreatePredictor();
        using Mat first = TestImages.Pattern(64, 48), second = TestImages.Gradient(64, 48);
        var maps = predictor.Predict([first, second]);
        AssertSame(predictor.Predict(first), maps[0]);
        AssertSame(predictor.Predict(second), maps[1]);
        Assert.Equal(maps[1].Labels, predictor.Predict([first, second])[1].Labels);
    }

    [Theory]
    [InlineData(64, 48)]
    [InlineData(61, 35)]
    public void Confidence_is_the_largest_probability_of_softmax_at_the_images_own_size(int width, int height)
    {
        using var predictor = TestModel.CreatePredictor();
        using var image = TestImages.Gradient(width, height);
        var map = predictor.PredictWithConfidence(image);
        Assert.Equal(predictor.Predict(image).Labels, map.Labels);
        Assert.Null(predictor.Predict(image).Confidence);

        using var network = TestModel.Create();
        network.eval();
        using var noGrad = torch.no_grad();
        var logits = network.Predict(ImageTensor.FromBgr([image], TestModel.Description.Normalization));
        var large = torch.nn.functional.interpolate(logits, [height, width], mode: torch.InterpolationMode.Bilinear, align_corners: network.AlignCorners);
        var expected = large.softmax(1).amax([1]).contiguous();
        var probabilities = MemoryMarshal.Cast<byte, float>(expected.bytes).ToArray();
        Assert.Equal(probabilities.Average(), map.Confidence!.Mean, 1e-4);
        Assert.All(probabilities.Zip(map.Confidence.Values), pair => Assert.InRange(255 * pair.First - pair.Second, -0.6, 0.6));
        foreach (var group in map.Labels.Zip(probabilities).GroupBy(pair => pair.First, pair => pair.Second))
            Assert.Equal(group.Average(), map.Confidence.MeanByClass[group.Key], 1e-4);
        Assert.True(double.IsNaN(map.Confidence.MeanByClass[200]));
    }

    [Fact]
    public void Threads_may_share_a_predictor()
    {
        using var predictor = TestModel.CreatePredictor();
        using var image = TestImages.Pattern(64, 48);
        var expected = predictor.Predict(image);
        var maps = new LabelMap[8];
        Parallel.For(0, maps.Length, index => maps[index] = predictor.Predict(image));
        Assert.All(maps, map => Assert.Equal(expected.Labels, map.Labels));
    }

    [Fact]
    public void Large_images_are_shrunk_for_the_network_and_keep_their_size_in_the_result()
    {
        using var image = TestImages.Gradient(400, 100);
        using var shrunk = new Mat();
        Cv2.Resize(image, shrunk, new Size(80, 20), interpolation: InterpolationFlags.Area);
        using var limited = TestModel.CreatePredictor(Exact with { MaxSide = 80 });
        using var forced = TestModel.CreatePredictor(Exact with { InputSize = [20, 80] });
        var map = limited.Predict(image);
        Assert.Equal((400, 100), (map.Width, map.Height));
        Assert.Equal(map.Labels, forced.Predict(image).Labels);
        using var plain = TestModel.CreatePredictor();
        Assert.NotEqual(map.Labels, plain.Predict(image).Labels);
    }

    [Fact]
    public void Bfloat16_changes_few_pixels()
    {
        using var exact = TestModel.CreatePredictor();
        using var rounded = TestModel.CreatePredictor(Exact with { Precision = Precision.Bf16 });
        using var image = TestImages.Gradient(64, 48);
        var (first, second) = (exact.Predict(image).Labels, rounded.Predict(image).Labels);
        Assert.InRange(first.Zip(second).Count(pair => pair.First != pair.Second), 0, first.Length / 20);
    }

    [Fact]
    public void The_networks_own_weights_are_left_alone()
    {
        using var network = TestModel.Create();
        var before = network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());
        using (new SegmentationPredictor(network, TestModel.Description, Exact))
            Assert.True(network.training);
        foreach (var (name, value) in network.state_dict())
            Assert.True(value.eq(before[name]).all().ToBoolean(), name);
    }

    [Fact]
    public void A_size_of_which_a_tensor_cannot_be_filled_is_refused()
    {
        var most = Exact with { InputSize = [13_000, 13_000] };
        var more = Exact with { InputSize = [14_000, 14_000] };
        TestModel.CreatePredictor(most).Dispose();
        TestModel.CreatePredictor(more with { Views = new() { Window = [512, 512] } }).Dispose();
        AssertFault(more, "at most, fewer than [14000, 14000] at scale 1; give a smaller size, or windows.");
        AssertFault(most with { Views = new() { Scales = [1, 1.5] } }, "fewer than [13000, 13000] at scale 1.5;");

        static void AssertFault(PredictorOptions options, string message) =>
            Assert.Contains(message, Assert.Throws<InputException>(() => TestModel.CreatePredictor(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_too_large_for_one_piece_are_made_in_strips()
    {
        using var predictor = TestModel.CreatePredictor(Exact with { InputSize = [48, 64] });
        Assert.True(predictor.PlanFor(new Size(20_000, 20_000)).IsPlain);
        Assert.False(predictor.PlanFor(new Size(30_000, 20_000)).IsPlain);
    }

    [Fact]
    public void Impossible_options_and_batches_are_refused()
    {
        Assert.Throws<InputException>(() => TestModel.CreatePredictor(Exact with { MaxSide = 0 }));
        Assert.Throws<InputException>(() => TestModel.CreatePredictor(Exact with { InputSize = [64] }));
        using var predictor = TestModel.CreatePredictor();
        using Mat small = TestImages.Pattern(40, 32), large = TestImages.Pattern(41, 32), gray = new(32, 40, MatType.CV_8UC1);
        Assert.Throws<ArgumentException>(() => predictor.Predict([small, large]));
        Assert.Throws<ArgumentException>(() => predictor.Predict(gray));
        Assert.Throws<ArgumentException>(() => predictor.Predict([]));
    }

    [Fact]
    public void A_model_that_gives_no_classes_is_refused()
    {
        var pose = new PoseConfig { NumClasses = 3, Backbone = ((SegmentationConfig)TestModel.Description.Model).Backbone };
        using var network = NetworkFactory.Create(pose);
        var fault = Assert.Throws<InputException>(() => new SegmentationPredictor(network, TestModel.Description with { Model = pose }, Exact));
        Assert.Contains("its model.type is not segmentation", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_model_is_named()
    {
        var fault = Assert.Throws<InputException>(() => SegmentationPredictor.Load("/nowhere/model.safetensors", Exact));
        Assert.Contains("/nowhere/model.safetensors", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Equal but for the few pixels where two classes tie within rounding, as a batch may be summed in another order.</summary>
    private static void AssertSame(LabelMap expected, LabelMap actual) =>
        Assert.InRange(expected.Labels.Zip(actual.Labels).Count(pair => pair.First != pair.Second), 0, expected.Labels.Length / 500);
}
