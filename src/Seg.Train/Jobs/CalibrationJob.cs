using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Runtime;
using Seg.Models.Weights;
using Seg.Predict;
using Seg.Predict.Pose;
using Seg.Train.Datasets;
using Seg.Train.Datasets.Keypoints;

namespace Seg.Train.Jobs;

/// <summary>Runs a trained network on training images and writes it again with what int8 needs to know of its maps. What <c>seg calibrate</c> does.</summary>
public static class CalibrationJob
{
    /// <param name="progress">Told how many of all images are done, after each.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="InputException">
    /// Model or data are missing, faulty, or do not fit together, the model is a bottom-up one, or the output is no model file.
    /// </exception>
    /// <exception cref="IOException">The model cannot be written.</exception>
    public static Int8Calibration Run(CalibrationRequest request, Action<int, int>? progress = null, CancellationToken cancellation = default)
    {
        if (!ModelFile.IsModelFile(request.Output))
            throw new InputException($"'{request.Output}' is to be a model: give a name that ends in {ModelFile.Extension}.");
        // Its outputs come from no plan, and only plans compute in int8.
        if (ModelFile.ReadDescription(request.Model) is { Model: BottomUpPoseConfig })
        {
            throw new InputException(
                $"'{request.Model}' is a bottom-up pose model; int8 is for segmentation and top-down pose models. Take another precision.");
        }
        var data = ModelData.Find(request.Model, request.Data, request.Config, request.Overrides) with { CacheMegabytes = 0 };
        var (network, description) = ModelFile.Load(request.Model);
        using var owned = network;
        var recorder = TorchRuntime.Current.RecordActivations();
        PredictorOptions options = new() { Precision = Precision.Fp32, Recorder = recorder };
        using var images = Open(network, description, data, options);
        var count = Math.Min(request.Images, images.Count);
        for (var index = 0; index < count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            images.Show((int)((long)index * images.Count / count));
            progress?.Invoke(index + 1, count);
        }
        var calibration = recorder.Finish();
        ModelFile.Save(request.Output, network, description with { Calibration = calibration });
        return calibration;
    }

    private static TrainingImages Open(Network network, ModelDescription description, DataConfig data, PredictorOptions options)
    {
        if (data is not PoseDataConfig people)
            return Segmented(network, description, SegmentationDataConfig.Require(data), options);
        var pose = description as PoseDescription
            ?? throw new InputException("The data have keypoints, and the model is not for pose; give the data that it was trained on.");
        people = people with { Boxes = PoseDataConfig.AnnotatedBoxes, LeastBoxScore = 0 };
        return People(network, pose, people, options);
    }

    private static TrainingImages Segmented(Network network, ModelDescription description, SegmentationDataConfig data, PredictorOptions options)
    {
        var images = DatasetFactory.Create(data, "train");
        SegmentationPredictor predictor = new(network, description, options with { InputSize = data.ValidationSize });
        return new(images.Count, predictor, index =>
        {
            var (image, labels) = images.Read(index);
            using (image)
            using (labels)
                predictor.Predict(image);
        });
    }

    private static TrainingImages People(Network network, PoseDescription description, PoseDataConfig data, PredictorOptions options)
    {
        var people = KeypointDatasetFactory.Create(data, "train");
        PosePredictor predictor = new(network, description, options);
        return new(people.Count, predictor, index =>
        {
            using var sample = people.Read(index);
            predictor.Predict(sample.Image, [sample.Person.Box]);
        });
    }

    /// <summary>Items that a predictor can be shown one by one.</summary>
    private sealed record TrainingImages(int Count, IDisposable Predictor, Action<int> Show) : IDisposable
    {
        public void Dispose() => Predictor.Dispose();
    }
}
