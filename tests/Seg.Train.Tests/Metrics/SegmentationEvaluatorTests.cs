using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Runtime;
using Seg.Models.Weights;
using Seg.Predict;
using Seg.Train.Metrics;
using Seg.Train.Tests.Datasets;

namespace Seg.Train.Tests.Metrics;

public class SegmentationEvaluatorTests
{
    [Fact]
    public void Scores_are_those_of_the_predictors_own_label_maps()
    {
        var dataset = new MemoryDataset(5, width: 64, height: 48);
        using var predictor = Predictor(classes: 3);
        List<(int Done, int Total)> progress = [];
        var result = SegmentationEvaluator.Evaluate(predictor, dataset, (done, total) => progress.Add((done, total)));

        ConfusionMatrix expected = new(classes: 3);
        for (var index = 0; index < dataset.Count; index++)
        {
            var (image, labels) = dataset.Read(index);
            using (image)
            using (labels)
                expected.Add(predictor.Predict(image), labels);
        }
        Assert.Equal(expected.MeanIoU, result.MeanIoU);
        Assert.Equal((5, 5L * 64 * 48), (result.Images, result.Pixels));
        Assert.Equal([(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)], progress);
    }

    [Fact]
    public void A_faulty_image_ends_the_evaluation_with_its_name()
    {
        using var predictor = Predictor(classes: 3);
        var error = Assert.Throws<InputException>(() => SegmentationEvaluator.Evaluate(predictor, new MemoryDataset(5, 64, 48, faulty: 3)));
        Assert.Equal("'memory/3.png' is faulty.", error.Message);
    }

    [Fact]
    public void It_can_be_cancelled()
    {
        using var predictor = Predictor(classes: 3);
        using var cancel = new CancellationTokenSource();
        var done = 0;
        void Cancel(int count, int total)
        {
            done = count;
            cancel.Cancel();
        }
        var dataset = new MemoryDataset(50, width: 64, height: 48);
        Assert.Throws<OperationCanceledException>(() => SegmentationEvaluator.Evaluate(predictor, dataset, Cancel, cancellation: cancel.Token));
        Assert.Equal(1, done);
    }

    [Fact]
    public void What_cannot_be_scored_is_said()
    {
        using var predictor = Predictor(classes: 2);
        string Fault(MemoryDataset dataset) =>
            Assert.Throws<InputException>(() => SegmentationEvaluator.Evaluate(predictor, dataset)).Message;

        Assert.Contains("no images to score", Fault(new MemoryDataset(0)));
        Assert.Contains("no labels to score against", Fault(new MemoryDataset(1) { HasLabels = false }));
        Assert.Contains("knows 2 classes (c0, c1), but the data set has 3", Fault(new MemoryDataset(1)));
    }

    private static SegmentationPredictor Predictor(int classes)
    {
        var model = new SegmentationConfig
        {
            NumClasses = classes,
            Backbone = new HRNetConfig { Width = 4, BottleneckChannels = 4, BlocksPerStage = [1, 1, 1, 1], ModulesPerStage = [1, 1, 1] },
            Head = new ConcatHeadConfig(),
        };
        var labels = new LabelSet { Names = [.. Enumerable.Range(0, classes).Select(id => $"c{id}")], Colors = new Rgb[classes] };
        var description = new SegmentationDescription { Model = model, Labels = labels, InputSize = [48, 64] };
        using var network = NetworkFactory.Create(model);
        return new SegmentationPredictor(network, description, new PredictorOptions { Precision = Precision.Fp32 });
    }
}
