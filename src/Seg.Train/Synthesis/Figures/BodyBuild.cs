namespace Seg.Train.Synthesis.Figures;

/// <summary>How tall and how stout somebody is.</summary>
/// <remarks>Lengths are those of Drillis and Contini, "Body segment parameters", 1966: shares of the body's height.</remarks>
/// <param name="Height">In metres.</param>
/// <param name="Girth">About 1.</param>
internal sealed record BodyBuild(float Height, float Girth)
{
    public float HipHalf => 0.052f * Height;

    public float Lumbar => 0.115f * Height;

    public float Chest => 0.185f * Height;

    /// <summary>From the middle to a shoulder's joint.</summary>
    public float ShoulderHalf => 0.107f * Height * (0.7f + 0.3f * Girth);

    public float UpperArm => 0.18f * Height;

    public float Forearm => 0.148f * Height;

    public float Hand => 0.055f * Height;

    public float Thigh => 0.245f * Height;

    public float Shin => 0.24f * Height;

    public float Foot => 0.105f * Height;

    /// <summary>Radius of the skull.</summary>
    public float Skull => 0.057f * Height;

    public static BodyBuild Create(SceneRandom random) =>
        new(random.Chance(0.14f) ? random.Range(1.25f, 1.5f) : random.Around(1.73f, 0.17f), random.Range(0.88f, 1.22f));
}
