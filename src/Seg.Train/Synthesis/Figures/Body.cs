using System.Numerics;

namespace Seg.Train.Synthesis.Figures;

/// <summary>Where the joints of a body in a pose are: forward kinematics from the hips outwards.</summary>
/// <remarks>
/// The body's own frame, in metres: x to its left, y up, z forwards, from the middle between the hips' joints. Rotations are right-handed,
/// so that one about x bends forwards, one about y turns to the left, one about z leans to the right.
/// </remarks>
internal sealed class Body
{
    /// <summary>Joints and ends of one half of the body.</summary>
    public sealed record Half(Vector3 Shoulder, Vector3 Elbow, Vector3 Wrist, Vector3 Fingers, Vector3 Hip, Vector3 Knee, Vector3 Ankle,
        Vector3 Heel, Vector3 Toe);

    private readonly Quaternion hips;

    public Body(BodyBuild build, BodyPose pose)
    {
        Build = build;
        // Hips and waist share a bend.
        hips = X(pose.Lean * 0.45f) * Z(pose.SideLean * 0.5f);
        ChestTurn = Y(pose.Twist) * X(pose.Lean) * Z(pose.SideLean);
        Waist = Vector3.Transform(new(0, build.Lumbar, 0), hips);
        Neck = Waist + Vector3.Transform(new(0, build.Chest, 0), ChestTurn);
        // The neck takes back a part of the bend: people look ahead.
        HeadTurn = Y(pose.Twist + pose.HeadTurn) * X(pose.Lean * 0.55f + pose.HeadNod) * Z(pose.SideLean + pose.HeadTilt);
        Skull = Neck + Vector3.Transform(new(0, 0.046f * build.Height, 0.004f * build.Height), ChestTurn)
            + Vector3.Transform(new(0, 0.056f * build.Height, 0.012f * build.Height), HeadTurn);
        Left = MakeHalf(1, pose.LeftArm, pose.LeftLeg);
        Right = MakeHalf(-1, pose.RightArm, pose.RightLeg);
    }

    public BodyBuild Build { get; }

    public Vector3 Waist { get; }

    /// <summary>The neck's foot, between the shoulders.</summary>
    public Vector3 Neck { get; }

    /// <summary>The skull's middle.</summary>
    public Vector3 Skull { get; }

    public Quaternion ChestTurn { get; }

    public Quaternion HeadTurn { get; }

    public Half Left { get; }

    public Half Right { get; }

    /// <summary>A point on or in the skull; directions are as in the body's frame, in radii of the skull.</summary>
    public Vector3 OnHead(float left, float up, float front) =>
        Skull + Vector3.Transform(new Vector3(left, up, front) * Build.Skull, HeadTurn);

    /// <summary>A point of the chest, in metres from the neck's foot.</summary>
    public Vector3 OnChest(float left, float up, float front) => Neck + Vector3.Transform(new(left, up, front), ChestTurn);

    /// <summary>The 17 keypoints of COCO, in its order.</summary>
    public Vector3[] Keypoints() =>
    [
        OnHead(0, -0.18f, 1.16f), OnHead(0.36f, 0.06f, 0.93f), OnHead(-0.36f, 0.06f, 0.93f), OnHead(1.02f, -0.1f, -0.1f),
        OnHead(-1.02f, -0.1f, -0.1f),
        Left.Shoulder, Right.Shoulder, Left.Elbow, Right.Elbow, Left.Wrist, Right.Wrist,
        Left.Hip, Right.Hip, Left.Knee, Right.Knee, Left.Ankle, Right.Ankle,
    ];

    private Half MakeHalf(float side, ArmPose arm, LegPose leg)
    {
        // A raised arm takes its shoulder along.
        var raised = Math.Clamp((Math.Max(arm.Abduction, arm.Flexion) - 60) / 120, 0, 1);
        var shoulder = OnChest(side * (Build.ShoulderHalf - 0.012f * Build.Height * raised), (-0.024f + 0.035f * raised) * Build.Height, 0);
        var upperArm = ChestTurn * X(-arm.Flexion) * Z(side * arm.Abduction) * Y(-side * arm.Twist);
        var forearm = upperArm * X(-arm.Elbow);
        var elbow = shoulder + Down(Build.UpperArm, upperArm);
        var wrist = elbow + Down(Build.Forearm, forearm);

        var hip = Vector3.Transform(new(side * Build.HipHalf, 0, 0), hips);
        var thigh = X(-leg.Flexion) * Z(side * leg.Abduction) * Y(side * leg.Turn);
        var shin = thigh * X(leg.Knee);
        var foot = shin * X(leg.Ankle);
        var knee = hip + Down(Build.Thigh, thigh);
        var ankle = knee + Down(Build.Shin, shin);
        Vector3 OnFoot(float up, float front) => ankle + Vector3.Transform(new(0, up * Build.Height, front), foot);
        return new(shoulder, elbow, wrist, wrist + Down(Build.Hand, forearm), hip, knee, ankle, OnFoot(-0.018f, -0.012f * Build.Height),
            OnFoot(-0.023f, Build.Foot));
    }

    private static Vector3 Down(float length, Quaternion turn) => Vector3.Transform(new(0, -length, 0), turn);

    private static Quaternion X(float degrees) => Quaternion.CreateFromAxisAngle(Vector3.UnitX, degrees * MathF.PI / 180);

    private static Quaternion Y(float degrees) => Quaternion.CreateFromAxisAngle(Vector3.UnitY, degrees * MathF.PI / 180);

    private static Quaternion Z(float degrees) => Quaternion.CreateFromAxisAngle(Vector3.UnitZ, degrees * MathF.PI / 180);
}
