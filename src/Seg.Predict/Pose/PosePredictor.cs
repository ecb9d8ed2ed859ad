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

/// <summary>Finds the keypoints of persons whose boxes are known, or of the one person that an image shows: top-down.</summary>
/// <remarks>
/// Each person is cut out of its image (<see cref="PersonCropper"/>), persons of several images go through the network together, and the
/// model's codec reads its output. Several threads may predict with one predictor at a time; they share the processor's cores. Dispose it
/// when none does.
/// </remarks>
public sealed class PosePredictor : IPoseEstimator
{
    private readonly PredictionNetwork network;
    private readonly PredictorOptions options;
    private readonly KeypointCodec codec;
    private readonly PersonCropper cropper;

    /// <param name="network">The trained network; left as it is, and still the caller's to dispose.</param>
    /// <param name="description">What the model file says of it.</param>
    /// <exception cref="InputException">
    /// The model is not for pose, its codec does not fit its input size, or an option is out of its range.
    /// </exception>
    public PosePredictor(Network network, PoseDescription description, PredictorOptions options)
    {
        if (description.Model is not PoseConfig)
            throw new InputException("The model finds no keypoints: its model.type is not pose. Give a pose model.");
        if (options.BatchSize < 1)
            throw new InputException($"The batch size is 1 or more persons, not {options.BatchSize}.");
        options.Views.RequireNone();
        var (height, width) = (description.InputSize[0], description.InputSize[1]);
        if (options.InputSize is not null)
            throw new InputException($"This network sees each person at the size that it was trained with, {height} x {width}; leave the input size out.");
        (Description, this.options) = (description, options);
        codec = description.CreateCodec();
        cropper = new PersonCropper(height, width, description.Normalization);
        this.network = new PredictionNetwork(network, description, options);
    }

    /// <summary>Keypoints, normalisation and crop size of the model.</summary>
    public PoseDescription Description { get; }

    /// <summary>The persons in these boxes.</summary>
    /// <param name="image">CV_8UC3.</param>
    /// <param name="boxes">Any number, also none; in pixels of the image.</param>
    /// <returns>One person a box, in the boxes' order, scored 1: <see cref="PersonNms"/> scores and selects them.</returns>
    /// <exception cref="ArgumentException">The image is no CV_8UC3, or a box has no area.</exception>
    public Person[] Predict(Mat image, IReadOnlyList<PersonBox> boxes) =>
        Predict([new BoxedImage(image, [.. boxes.Select(box => new ScoredBox(box))])])[0];

    /// <summary>The persons of several images, in as few batches as possible.</summary>
    /// <returns>
    /// For each image one person a box, in the boxes' order and with their scores: <see cref="PersonNms"/> makes results of them.
    /// </returns>
    /// <exception cref="ArgumentException">An image is no CV_8UC3, or a box has no area.</exception>
    public Person[][] Predict(IReadOnlyList<BoxedImage> images)
    {
        List<Subject> subjects = [];
        foreach (var (image, boxes) in images)
            subjects.AddRange(boxes.Select(box => new Subject(image, box.Box, box.Score, codec.CropOf(box.Box))));
        var persons = Run(subjects);
        var result = new Person[images.Count][];
        var start = 0;
        for (var index = 0; index < result.Length; index++)
        {
            result[index] = persons[start..(start + images[index].Boxes.Count)];
            start += result[index].Length;
        }
        return result;
    }

    /// <summary>
    /// Takes each image for one person, who is looked for in all of it; the score is the mean of the keypoints' that are sure.
    /// </summary>
    /// <inheritdoc/>
    public Person[][] Estimate(IReadOnlyList<Mat> images)
    {
        var nms = new PersonNms(Description.Keypoints.Sigmas, new PersonNmsOptions());
        var persons = Run([.. images.Select(Whole)]);
        return [.. persons.Select(person => nms.Apply([person]))];
    }

    /// <summary>Keypoints in crops that have been made already, as a loader makes them.</summary>
    /// <param name="crops">float32 (N, 3, H, W), normalised, of the model's input size.</param>
    /// <returns>For each crop one a keypoint, in pixels of the crop.</returns>
    /// <exception cref="ArgumentException">Crops of another size.</exception>
    public Keypoint[][] PredictCrops(Tensor crops)
    {
        using var scope = NewDisposeScope();
        using var mode = inference_mode();
        var output = network.Predict(crops);                                                  // (N, K, …) as the codec has it
        if (options.FlipTest)
            output = output.to_type(ScalarType.Float32).add(codec.FlipBack(network.Predict(crops.flip(3)))).mul(0.5);
        return codec.Decode(output);
    }

    public void Dispose() => network.Dispose();

    private Person[] Run(IReadOnlyList<Subject> subjects)
    {
        List<Person> persons = new(subjects.Count);
        foreach (var batch in subjects.Chunk(options.BatchSize))
        {
            using var scope = NewDisposeScope();
            var found = PredictCrops(Crop(batch));
            persons.AddRange(batch.Zip(found, (subject, keypoints) => subject.ToPerson(keypoints)));
        }
        return [.. persons];
    }

    /// <summary>float32 (N, 3, H, W), its memory laid out (N, H, W, 3).</summary>
    private Tensor Crop(Subject[] subjects)
    {
        using var stage = PredictionStages.Begin(PredictionStages.Prepare);
        var batch = empty(subjects.Length, cropper.Height, cropper.Width, 3, dtype: ScalarType.Float32);
        var values = MemoryMarshal.Cast<byte, float>(batch.bytes);
        for (var index = 0; index < subjects.Length; index++)
        {
            var place = values.Slice(index * cropper.ValuesPerCrop, cropper.ValuesPerCrop);
            cropper.Fill(subjects[index].Image, subjects[index].Crop.ToInput, place);
        }
        return batch.permute(0, 3, 1, 2);
    }

    /// <summary>All of the image, and no padding: nobody stands outside of it.</summary>
    private Subject Whole(Mat image)
    {
        var extent = Math.Max(image.Cols, image.Rows * (double)cropper.Width / cropper.Height);
        var crop = codec.CropAround(image.Cols * 0.5, image.Rows * 0.5, extent);
        return new Subject(image, new PersonBox(0, 0, image.Cols, image.Rows), Score: 1, crop);
    }

    /// <summary>A person whom the network is to look at.</summary>
    private sealed record Subject(Mat Image, PersonBox Box, float Score, PersonCrop Crop)
    {
        /// <param name="keypoints">In pixels of the crop.</param>
        public Person ToPerson(Keypoint[] keypoints) => new()
        {
            Keypoints = [.. keypoints.Select(keypoint =>
            {
                var (x, y) = Crop.Invert(keypoint.X, keypoint.Y);
                return new Keypoint((float)x, (float)y, keypoint.Score);
            })],
            Box = Box,
            Score = Score,
        };
    }
}
