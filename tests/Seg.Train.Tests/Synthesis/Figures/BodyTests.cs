using System.Numerics;
using Seg.Train.Synthesis;
using Seg.Train.Synthesis.Figures;
using SkiaSharp;

namespace Seg.Train.Tests.Synthesis.Figures;

public class BodyTests
{
    private static readonly BodyBuild Build = new(1.8f, 1);

    [Fact]
    public void Bones_keep_their_lengths_in_every_pose()
    {
        for (var seed = 0ul; seed < 300; seed++)
        {
            SceneRandom random = new(seed);
            var build = BodyBuild.Create(random);
            Body body = new(build, Poses.Draw(random));
            foreach (var half in (Body.Half[])[body.Left, body.Right])
            {
                Assert.Equal(build.UpperArm, Vector3.Distance(half.Shoulder, half.Elbow), 3);
                Assert.Equal(build.Forearm, Vector3.Distance(half.Elbow, half.Wrist), 3);
                Assert.Equal(build.Thigh, Vector3.Distance(half.Hip, half.Knee), 3);
                Assert.Equal(build.Shin, Vector3.Distance(half.Knee, half.Ankle), 3);
                // Knees and elbows bend one way only: the shin never in front of the thigh's line, the hand never behind the upper arm's.
                Assert.InRange(Degrees(half.Knee - half.Hip, half.Ankle - half.Knee), 0, 146);
                Assert.InRange(Degrees(half.Elbow - half.Shoulder, half.Wrist - half.Elbow), 0, 149);
            }
            Assert.Equal(2 * build.HipHalf, Vector3.Distance(body.Left.Hip, body.Right.Hip), 3);
        }
    }

    [Fact]
    public void Poses_that_are_drawn_keep_within_what_joints_can_do()
    {
        for (var seed = 0ul; seed < 500; seed++)
        {
            var pose = Poses.Draw(new SceneRandom(seed));
            Assert.Equal(pose.Limited(), pose);
        }
    }

    [Fact]
    public void Arms_go_where_their_angles_say()
    {
        var hanging = new Body(Build, new BodyPose()).Left;
        Assert.True(Direction(hanging.Shoulder, hanging.Wrist).Y < -0.99);
        Assert.True(Arm(new(90, 0, 0, 0)).Z > 0.99);                    // ahead
        Assert.True(Arm(new(180, 0, 0, 0)).Y > 0.99);                   // up
        Assert.True(Arm(new(0, 90, 0, 0)).X > 0.99);                    // to the left
        Assert.True(Forearm(new(0, 0, 0, 90)).Z > 0.99);                // the elbow bends forwards
        Assert.True(Forearm(new(0, 0, 90, 90)).X < -0.99);              // twisted inwards: across the belly
        Assert.True(Forearm(new(0, 90, -90, 90)).Y > 0.99);             // held out and twisted outwards: a wave
        static Vector3 Arm(ArmPose pose) => Of(pose, half => Direction(half.Shoulder, half.Elbow));
        static Vector3 Forearm(ArmPose pose) => Of(pose, half => Direction(half.Elbow, half.Wrist));
        static Vector3 Of(ArmPose pose, Func<Body.Half, Vector3> of) => of(new Body(Build, new BodyPose { LeftArm = pose }).Left);
    }

    [Fact]
    public void Legs_go_where_their_angles_say()
    {
        var sitting = new Body(Build, new BodyPose { RightLeg = new(90, 0, 0, 90, 0) }).Right;
        Assert.True(Direction(sitting.Hip, sitting.Knee).Z > 0.99);
        Assert.True(Direction(sitting.Knee, sitting.Ankle).Y < -0.99);
        var apart = new Body(Build, new BodyPose { RightLeg = new(0, 40, 0, 0, 0) }).Right;
        Assert.True(Direction(apart.Hip, apart.Ankle).X < -0.6);
    }

    [Fact]
    public void A_mirrored_pose_is_the_mirror_image()
    {
        for (var seed = 0ul; seed < 50; seed++)
        {
            var pose = Poses.Draw(new SceneRandom(seed));
            Vector3[] points = new Body(Build, pose).Keypoints(), mirrored = new Body(Build, pose.Mirrored()).Keypoints();
            var mirror = Seg.Models.KeypointSet.Read("coco").Mirrored;
            for (var i = 0; i < points.Length; i++)
                Assert.True(Vector3.Distance(points[mirror[i]] with { X = -points[mirror[i]].X }, mirrored[i]) < 1e-4f,
                    $"seed {seed}, keypoint {i}");
        }
    }

    [Fact]
    public void The_hull_of_points_leaves_out_what_is_inside()
    {
        List<SKPoint> points = [new(0, 0), new(2, 0), new(1, 1), new(2, 2), new(0, 2), new(1, 0), new(0.5f, 1.5f)];
        Assert.Equal([new(0, 0), new(2, 0), new(2, 2), new(0, 2)],
            Hull.Convex(points).OrderBy(point => MathF.Atan2(point.Y - 1, point.X - 1)));
    }

    [Fact]
    public void A_cap_is_seen_whole_from_its_side_and_not_at_all_from_the_other()
    {
        Sphere unit = new(Vector3.Zero, 1);
        var towards = SphereCap.Outline(unit, Vector3.UnitZ, 0.5f, Vector3.UnitZ);
        Assert.All(towards, point => Assert.Equal(0.5f, point.Z, 3));
        Assert.Empty(SphereCap.Outline(unit, Vector3.UnitZ, 0.5f, -Vector3.UnitZ));
        // From beside it is half of the cap's edge and the part of the sphere's outline above it.
        var beside = SphereCap.Outline(unit, Vector3.UnitY, 0.5f, Vector3.UnitZ);
        Assert.All(beside, point => Assert.True(point.Y > 0.49f && point.Z > -0.01f));
        Assert.Contains(beside, point => point.Y > 0.99f);
        Assert.All(beside.Zip(beside.Skip(1)), pair => Assert.True(Vector3.Distance(pair.First, pair.Second) < 0.3f));
    }

    private static Vector3 Direction(Vector3 from, Vector3 to) => Vector3.Normalize(to - from);

    private static double Degrees(Vector3 a, Vector3 b) =>
        Math.Acos(Math.Clamp(Vector3.Dot(Vector3.Normalize(a), Vector3.Normalize(b)), -1, 1)) * 180 / Math.PI;
}
