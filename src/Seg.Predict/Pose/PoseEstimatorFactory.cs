using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Weights;

namespace Seg.Predict.Pose;

/// <summary>Makes what finds persons of a model.</summary>
public static class PoseEstimatorFactory
{
    /// <summary>Reads a model file.</summary>
    /// <exception cref="InputException">The file is missing, no model file or not for pose, or an option is out of its range.</exception>
    public static IPoseEstimator Load(string modelFile, PredictorOptions options)
    {
        var (network, description) = ModelFile.Load(modelFile);
        using (network)
        {
            return description is PoseDescription pose
                ? Create(network, pose, options)
                : throw new InputException($"'{modelFile}' finds no keypoints: its model.type is not pose. Give a pose model.");
        }
    }

    /// <param name="network">The trained network; left as it is, and still the caller's to dispose.</param>
    /// <param name="description">What the model file says of it.</param>
    /// <exception cref="InputException">An option is out of its range.</exception>
    public static IPoseEstimator Create(Network network, PoseDescription description, PredictorOptions options) => description.Model is BottomUpPoseConfig
        ? new BottomUpPredictor(network, description, options)
        : new PosePredictor(network, description, options);
}
