using Seg.Predict.Jobs;
using Seg.Train.Synthesis;
using Seg.Train.Synthesis.Figures;

namespace Seg.Train.Jobs;

/// <summary>Keypoints of people. What <c>seg demo pose</c> is about.</summary>
public sealed record PoseDemo : DemoSubject
{
    /// <summary>The scenes to train on and those held out.</summary>
    public FigureConfig Scenes { get; init; } = new() { Train = 600, Val = 60 };

    public override string Kind => "scenes with people";

    public override string VideoName => "walk.mp4";

    public override SceneSetConfig Set => Scenes;

    protected override string Recipe => "pose.yaml";

    public override DemoSubject WithScenes(int train, int val) => this with { Scenes = Scenes with { Train = train, Val = val } };

    internal override void Draw(string root, IProgress<int> progress, CancellationToken cancellation) =>
        FigureScenes.Write(root, Scenes, progress, cancellation);

    internal override void DrawVideo(string path, double seconds, IProgress<int> progress, CancellationToken cancellation) =>
        FigureScenes.WriteVideo(path, Scenes, seconds, progress: progress, cancellation: cancellation);

    internal override IEnumerable<PredictRequest> Predictions(PredictRequest model, string root, string video) =>
    [
        model with
        {
            Inputs = [Path.Combine(root, FigureScenes.ValidationSplit)],
            Pose = new() { Boxes = Path.Combine(root, FigureScenes.DetectionFile.Replace("{split}", FigureScenes.ValidationSplit)), MinScore = 0.4 },
        },
        model with { Inputs = [video], Pose = new() { Boxes = FigureScenes.BoxesOf(video), Track = true, Smooth = true } },
    ];
}
