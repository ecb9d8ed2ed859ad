using OpenCvSharp;
using Seg.Predict.Views;
using static TorchSharp.torch;
using Size = OpenCvSharp.Size;

namespace Seg.Predict.Tests.Views;

/// <summary>Images of many windows, with a stand-in for the network that looks at each pixel by itself.</summary>
public sealed class LargeImageTests : IDisposable
{
    private readonly Mat image = TestImages.Gradient(1500, 1500, shift: 40);

    public void Dispose() => image.Dispose();

    [Theory]
    [InlineData(0.25, WindowBlend.Smooth, 3)]
    [InlineData(0.6, WindowBlend.Smooth, 5)]
    [InlineData(0, WindowBlend.Uniform, 2)]
    public void Windows_of_a_network_that_looks_at_single_pixels_give_what_the_whole_image_gives(double overlap, WindowBlend blend, int mostRowsOfWindows)
    {
        PredictorOptions options = new() { Views = new() { Window = [350, 450], Overlap = overlap, Blend = blend } };
        var network = Network(options);
        using ImageView windows = new(network, image, image.Size(), new Size(450, 350)), whole = new(network, image, image.Size(), image.Size());
        Assert.Equal(1, whole.Windows);
        Assert.True(windows.Windows > 15);

        var most = 0;
        var expected = ViewedImage.Predict(network, [whole], image.Size(), new LabelMapRequest { Confidence = true });
        var actual = ViewedImage.Predict(network, [windows], image.Size(), new LabelMapRequest
        {
            Confidence = true,
            Progress = _ => most = Math.Max(most, windows.RowsOfWindowsHeld),
            Probabilities = (_, _, values) => Assert.InRange(values[0] + values[1] + values[2], 0.99999f, 1.00001f),
        });
        Assert.True(expected.Count().Count(pixels => pixels > 0) > 1);
        // Where two classes are equal to the last bit, either may come first.
        Assert.InRange(expected.Labels.Zip(actual.Labels).Count(pair => pair.First != pair.Second), 0, 20);
        Assert.Equal(expected.Confidence!.Mean, actual.Confidence!.Mean, 1e-6);
        Assert.InRange(expected.Confidence.Values.Zip(actual.Confidence.Values).Max(pair => Math.Abs(pair.First - pair.Second)), 0, 1);
        Assert.InRange(most, 1, mostRowsOfWindows);
    }

    [Fact]
    public void It_can_be_cancelled_between_strips_and_says_how_far_it_is()
    {
        PredictorOptions options = new() { Views = new() { Window = [350, 450] } };
        var network = Network(options);
        using ImageView windows = new(network, image, image.Size(), new Size(450, 350));
        using CancellationTokenSource stop = new();
        List<double> parts = [];
        LabelMapRequest request = new()
        {
            Cancellation = stop.Token,
            Progress = part =>
            {
                parts.Add(part);
                if (parts.Count == 3)
                    stop.Cancel();
            },
        };
        Assert.Throws<OperationCanceledException>(() => ViewedImage.Predict(network, [windows], image.Size(), request));
        Assert.Equal([32 / 1500.0, 64 / 1500.0, 96 / 1500.0], parts);
    }

    /// <summary>A convolution of 1 x 1.</summary>
    private static ViewNetwork Network(PredictorOptions options) => new(
        images => images * tensor(new[] { 3f, -2, 1 }).view(1, 3, 1, 1) + tensor(new[] { 0f, 0.3f, 0.1f }).view(1, 3, 1, 1),
        alignCorners: false, TestModel.Description, options);
}
