using OpenCvSharp;
using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Weights;
using Seg.Predict;
using Seg.Predict.Drawing;
using Seg.Predict.Pose;
using Seg.Train.Datasets.Keypoints;
using Seg.Train.Distributed;
using Seg.Train.Metrics;
using Seg.Train.Metrics.Keypoints;
using Seg.Train.Runs;

namespace Seg.Train.Tasks;

/// <summary>A top-down pose network, to be scored on people in images.</summary>
/// <param name="predictor">Becomes this one's.</param>
/// <param name="people">Whom to look for; the caller's.</param>
/// <param name="truth">Who is there.</param>
internal sealed class PoseEvaluation(PosePredictor predictor, IKeypointDataset people, IReadOnlyList<TruePerson> truth) : IPoseEvaluation
{
    private readonly Lazy<ILookup<long, Person>> annotated = new(() =>
        truth.Where(person => person.LabelledCount > 0).ToLookup(person => person.ImageId, PosePreviews.Drawn));

    /// <summary>A model file's network, and the people of a split.</summary>
    /// <exception cref="InputException">Model or data are missing, faulty, or not for pose.</exception>
    public static IPoseEvaluation Open(string model, PoseDataConfig data, string split, PredictorOptions options)
    {
        var truth = PoseTruth.Read(data, split);
        options = options with { FlipTest = options.FlipTest || data.FlipTest };
        if (ModelFile.ReadDescription(model) is { Model: BottomUpPoseConfig })
        {
            var scenes = KeypointDatasetFactory.CreateScenes(data, split, withPeople: false);
            return new SceneEvaluation(PoseEstimatorFactory.Load(model, options), scenes, truth);
        }
        var people = KeypointDatasetFactory.Create(data, split);
        var predictor = (PosePredictor)PoseEstimatorFactory.Load(model, options);
        return new PoseEvaluation(predictor, people, truth) { DecidesByHeads = data.Format == PoseDataFormat.Mpii };
    }

    public KeypointSet Keypoints => predictor.Description.Keypoints;

    public Action<EvaluatedPeople>? Observer { get; set; }

    /// <inheritdoc cref="PoseScores.DecidesByHeads"/>
    public required bool DecidesByHeads { get; init; }

    /// <summary>Among whom the data are shared out; all get the scores of all.</summary>
    public IRanks Ranks { get; init; } = new OneRank();

    public IScores Run(Action<int, int>? progress = null, CancellationToken cancellation = default) =>
        PoseEvaluator.Evaluate(predictor, people, truth, progress, Observer, cancellation, Ranks) with { DecidesByHeads = DecidesByHeads };

    public void WritePreviews(string folder, int count, Action<string, (int Width, int Height)> written) =>
        PosePreviews.Write(folder, people.Keypoints, people.Count, count, Compare, written);

    public Mat DrawSheet(int count) => PosePreviews.Sheet(people.Keypoints, people.Count, count, Compare);

    public void Dispose() => predictor.Dispose();

    /// <summary>All people of an item's image, each predicted in its box; of the image that stands in where the item's own is faulty.</summary>
    internal (string Name, PoseComparison People) Compare(int index)
    {
        using var sample = people.Read(index);
        var name = Path.GetFileNameWithoutExtension(sample.Person.ImagePath);
        var predicted = predictor.Predict(sample.Image, Boxes(sample.Person.ImageId));
        PoseComparison comparison = new(sample.Image.Clone(), [.. annotated.Value[sample.Person.ImageId]], predicted, name);
        return ($"{name}_{sample.Person.AnnotationId}", comparison);
    }

    /// <summary>Those of all people of an image.</summary>
    private PersonBox[] Boxes(long image) =>
        [.. Enumerable.Range(0, people.Count).Select(people.Person).Where(person => person.ImageId == image).Select(person => person.Box)];
}
