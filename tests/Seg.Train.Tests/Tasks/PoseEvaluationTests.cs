using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Runtime;
using Seg.Models.Weights;
using Seg.Predict;
using Seg.Predict.Pose;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Tasks;
using Seg.Train.Tests.Datasets.Keypoints;

namespace Seg.Train.Tests.Tasks;

public class PoseEvaluationTests
{
    [Fact]
    public void An_image_that_stands_in_for_a_faulty_one_is_shown_with_its_own_boxes()
    {
        MemoryPeople people = new(6, faulty: 4);
        PoseConfig model = new()
        {
            NumClasses = people.Keypoints.Count,
            Backbone = new HRNetConfig
            {
                Width = 4,
                BottleneckChannels = 8,
                BlocksPerStage = [1, 1, 1, 1],
                ModulesPerStage = [1, 1, 1],
                LastFusion = LastFusion.Finest,
            },
        };
        PoseDescription description = new() { Model = model, Keypoints = people.Keypoints, Normalization = Normalization.ImageNet, InputSize = [64, 64] };
        using var network = NetworkFactory.Create(model);
        PosePredictor predictor = new(network, description, new PredictorOptions { Precision = Precision.Fp32 });
        using PoseEvaluation evaluation = new(predictor, new TolerantKeypointDataset(people), truth: []) { DecidesByHeads = false };

        var (name, shown) = evaluation.Compare(4);
        using (shown.Image)
        {
            Assert.Equal("5_5", name);
            Assert.Equal(people.Person(5).Box, Assert.Single(shown.Predicted).Box);
        }
    }
}
