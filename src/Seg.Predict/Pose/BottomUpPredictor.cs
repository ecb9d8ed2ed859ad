using System.Runtime.InteropServices;
using OpenCvSharp;
using Seg.Models;
using Seg.Models.Codecs;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Weights;
using Seg.Predict.Imaging;
using static TorchSharp.torch;

namespace Seg.Predict.Pose;

/// <summary>Finds all persons of whole images with one run of the network each, without a detector.</summary>
/// <remarks>
/// DEKR at one scale (Geng et al., arXiv:2104.02300), as <c>valid.py</c> of its authors: <see cref="SceneFit"/> brings the image to the size that the network was
/// trained with, <see cref="DekrCodec"/> reads the outputs. Several threads may predict with one predictor at a time; they share the processor's cores.
/// </remarks>
public sealed class BottomUpPredictor : IPoseEstimator
{
    private readonly PredictionNetwork network;
    private readonly PredictorOptions options;
    private readonly DekrCodec codec;

    /// <param name="network">The trained network; left as it is, and still the caller's to dispose.</param>
    /// <param name="description">What the model file says of it.</param>
    /// <exception cref="InputException">The model is not a bottom-up one, or an option is out of its range.</exception>
    public BottomUpPredictor(Network network, PoseDescription description, PredictorOptions options)
    {
        if (description.Model is not BottomUpPoseConfig config)
            throw new InputException("The model does not find the persons of a whole image: its model.type is not bottom_up_pose. Give such a model.");
        SceneFit.Check(options);
        options.Views.RequireNone();
        (Description, this.options) = (description, options);
        codec = new DekrCodec(config.Codec, description.Keypoints);
        this.network = new PredictionNetwork(network, description, options);
    }

    public PoseDescription Description { get; }

    /// <inheritdoc/>
    public Person[][] Estimate(IReadOnlyList<Mat> images) => [.. images.Select(Estimate)];

    public void Dispose() => network.Dispose();

    private Person[] Estimate(Mat image)
    {
        using var scope = NewDisposeScope();
        using var mode = inference_mode();
        var fit = SceneFit.Of(image.Cols, image.Rows, Description.InputSize, options);
        var (heatmaps, offsets) = Run(Input(image, fit));
        return [.. codec.Decode(heatmaps[0], offsets[0]).Select(pose => ToPerson(pose, fit.ToImage)).OrderByDescending(person => person.Score)];
    }

    /// <summary>The outputs for an image, averaged with those for its mirror image in the flip test.</summary>
    private (Tensor Heatmaps, Tensor Offsets) Run(Tensor input)
    {
        var outputs = network.PredictAll(input);
        var (heatmaps, offsets) = (outputs[0].to_type(ScalarType.Float32), outputs[1].to_type(ScalarType.Float32));
        if (!options.FlipTest)
            return (heatmaps, offsets);
        var mirrored = network.PredictAll(Mirrored(input));
        return ((heatmaps + codec.FlipBackHeatmaps(mirrored[0].to_type(ScalarType.Float32))) / 2,
            (offsets + codec.FlipBackOffsets(mirrored[1].to_type(ScalarType.Float32))) / 2);
    }

    /// <summary>The last columns of a mirrored input that is moved stay as they were, as in the authors' code.</summary>
    private Tensor Mirrored(Tensor input)
    {
        var mirrored = input.flip(3);
        var (shift, width) = (codec.FlipShift, input.shape[3]);
        return shift == 0 ? mirrored : cat([mirrored.narrow(3, shift, width - shift), mirrored.narrow(3, width - shift, shift)], 3);
    }

    /// <summary>float32 (1, 3, H, W), its memory laid out (1, H, W, 3).</summary>
    private Tensor Input(Mat image, SceneFit fit)
    {
        using var stage = PredictionStages.Begin(PredictionStages.Prepare);
        var cropper = new PersonCropper(fit.Height, fit.Width, Description.Normalization);
        var input = empty(1, fit.Height, fit.Width, 3, dtype: ScalarType.Float32);
        cropper.Fill(image, fit.ToInput, MemoryMarshal.Cast<byte, float>(input.bytes));
        return input.permute(0, 3, 1, 2);
    }

    /// <summary>A person in image pixels; the box is that around the keypoints.</summary>
    private static Person ToPerson(ScenePose pose, AffineMap toImage)
    {
        Keypoint[] keypoints = [.. pose.Keypoints.Select(keypoint =>
        {
            var (x, y) = toImage.Apply(keypoint.X, keypoint.Y);
            return keypoint with { X = (float)x, Y = (float)y };
        })];
        float left = keypoints.Min(keypoint => keypoint.X), top = keypoints.Min(keypoint => keypoint.Y);
        return new Person
        {
            Keypoints = keypoints,
            Box = new PersonBox(left, top, keypoints.Max(keypoint => keypoint.X) - left, keypoints.Max(keypoint => keypoint.Y) - top),
            Score = pose.Score,
        };
    }
}
