using Seg.Predict.Jobs;
using Seg.Train.Synthesis;

namespace Seg.Train.Jobs;

/// <summary>Masks of street scenes. What <c>seg demo</c> is about.</summary>
public sealed record StreetDemo : DemoSubject
{
    /// <summary>
    /// The scenes to train on and those held out. By default with the classes that every street has: those of which a few minutes'
    /// training sees enough.
    /// </summary>
    public SynthConfig Scenes { get; init; } = new() { Classes = SceneClasses.Main };

    public override string Kind => "street scenes";

    public override string VideoName => "drive.mp4";

    public override SceneSetConfig Set => Scenes;

    protected override string Recipe => "street_scenes.yaml";

    public override DemoSubject WithScenes(int train, int val) => this with { Scenes = Scenes with { Train = train, Val = val } };

    internal override void Draw(string root, IProgress<int> progress, CancellationToken cancellation) =>
        StreetScenes.Write(root, Scenes, progress, cancellation);

    internal override void DrawVideo(string path, double seconds, IProgress<int> progress, CancellationToken cancellation) =>
        StreetScenes.WriteVideo(path, Scenes, seconds, progress: progress, cancellation: cancellation);

    internal override IEnumerable<PredictRequest> Predictions(PredictRequest model, string root, string video) =>
        [model with { Inputs = [Path.Combine(root, "leftImg8bit", "val"), video] }];
}
