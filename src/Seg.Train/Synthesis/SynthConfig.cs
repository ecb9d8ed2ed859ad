namespace Seg.Train.Synthesis;

/// <summary>How many street scenes to draw, and how large.</summary>
public sealed record SynthConfig : SceneSetConfig
{
    /// <summary>512 x 256: half the width is Cityscapes' shape.</summary>
    public SynthConfig() => (Width, Height) = (512, 256);

    /// <summary>Scenes of the split "test"; at least 0.</summary>
    public int Test { get; init; }

    /// <summary>What the scenes hold.</summary>
    public SceneClasses Classes { get; init; } = SceneClasses.All;

    private protected override IEnumerable<(string Name, int Count)> Counts => base.Counts.Append(("test", Test));
}
