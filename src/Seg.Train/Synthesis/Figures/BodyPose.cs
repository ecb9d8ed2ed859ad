namespace Seg.Train.Synthesis.Figures;

/// <summary>How somebody holds body, head and limbs; angles in degrees, all 0 is standing straight.</summary>
internal sealed record BodyPose
{
    /// <summary>Of the upper body, forwards.</summary>
    public float Lean { get; init; }

    /// <summary>Of the upper body, to its right.</summary>
    public float SideLean { get; init; }

    /// <summary>Of the shoulders against the hips, to the left.</summary>
    public float Twist { get; init; }

    /// <summary>Of the head, to the left.</summary>
    public float HeadTurn { get; init; }

    /// <summary>Of the head, downwards.</summary>
    public float HeadNod { get; init; }

    /// <summary>Of the head, to its right.</summary>
    public float HeadTilt { get; init; }

    public ArmPose LeftArm { get; init; }

    public ArmPose RightArm { get; init; }

    public LegPose LeftLeg { get; init; }

    public LegPose RightLeg { get; init; }

    /// <summary>How high above the ground the lowest sole is, in body heights.</summary>
    public float Lift { get; init; }

    /// <summary>Whether there is something to sit on.</summary>
    public bool Seated { get; init; }

    /// <summary>The other way round: what the left side did the right side does.</summary>
    public BodyPose Mirrored() => this with
    {
        SideLean = -SideLean,
        Twist = -Twist,
        HeadTurn = -HeadTurn,
        HeadTilt = -HeadTilt,
        LeftArm = RightArm,
        RightArm = LeftArm,
        LeftLeg = RightLeg,
        RightLeg = LeftLeg,
    };

    /// <summary>The same within what joints can do.</summary>
    public BodyPose Limited() => this with
    {
        Lean = Math.Clamp(Lean, -20, 95),
        SideLean = Math.Clamp(SideLean, -25, 25),
        Twist = Math.Clamp(Twist, -40, 40),
        HeadTurn = Math.Clamp(HeadTurn, -70, 70),
        HeadNod = Math.Clamp(HeadNod, -35, 45),
        HeadTilt = Math.Clamp(HeadTilt, -25, 25),
        LeftArm = LeftArm.Limited(),
        RightArm = RightArm.Limited(),
        LeftLeg = LeftLeg.Limited(),
        RightLeg = RightLeg.Limited(),
    };
}
