using System.Numerics;
using Seg.Train.Synthesis;
using Seg.Train.Synthesis.Figures;

namespace Seg.Train.Tests.Synthesis.Figures;

/// <summary>The truth of figures that are put up on purpose.</summary>
public class FigureItemTests
{
    private const int Nose = 0, LeftEye = 1, RightEye = 2, LeftShoulder = 5, RightShoulder = 6, LeftWrist = 9, RightWrist = 10,
        LeftHip = 11, LeftAnkle = 15;

    private static readonly Camera View = new()
    {
        ImageWidth = 240,
        ImageHeight = 320,
        Focal = 400,
        VanishingX = 120,
        Horizon = 150,
        Height = 0.9f,
        X = 0,
    };

    private static readonly BodyBuild Build = new(1.75f, 1);

    [Fact]
    public void Who_looks_at_the_camera_has_the_left_side_on_the_pictures_right()
    {
        var truth = Draw(Standing(heading: 0))[0].Keypoints;
        Assert.True(truth[LeftShoulder].X > truth[RightShoulder].X + 20);
        Assert.True(truth[LeftEye].X > truth[RightEye].X + 3);
        Assert.All(truth, keypoint => Assert.Equal(2, keypoint.Visibility));
    }

    [Fact]
    public void Who_looks_away_has_the_left_side_on_the_pictures_left_and_hides_the_face()
    {
        var truth = Draw(Standing(heading: 180))[0].Keypoints;
        Assert.True(truth[LeftShoulder].X < truth[RightShoulder].X - 20);
        Assert.Equal([1, 1, 1], truth[..3].Select(keypoint => keypoint.Visibility));
        Assert.All(truth[3..], keypoint => Assert.Equal(2, keypoint.Visibility));
    }

    [Fact]
    public void Who_looks_aside_hides_the_far_eye_shoulder_and_hip()
    {
        var truth = Draw(Standing(heading: 90))[0].Keypoints;      // to the picture's right: the right side is near
        Assert.Equal((2, 2, 2), (truth[Nose].Visibility, truth[RightEye].Visibility, truth[RightShoulder].Visibility));
        Assert.Equal((1, 1, 1), (truth[LeftEye].Visibility, truth[LeftShoulder].Visibility, truth[LeftHip].Visibility));
        Assert.True(truth[Nose].X > truth[RightShoulder].X);
    }

    [Fact]
    public void An_arm_behind_the_back_is_hidden_by_the_body()
    {
        var pose = new BodyPose { LeftArm = new(-45, 0, 60, 60) };
        var truth = Draw(Standing(heading: 0, pose))[0].Keypoints;
        Assert.Equal((1, 2), (truth[LeftWrist].Visibility, truth[RightWrist].Visibility));
    }

    [Fact]
    public void Who_stands_in_front_hides_who_stands_behind()
    {
        var truth = Draw(Standing(heading: 0), new FigureItem(1, Build, Plain(), new BodyPose(), new(0.05f, 4.4f, 0), 0));
        Assert.All(truth[0].Keypoints, keypoint => Assert.Equal(2, keypoint.Visibility));
        Assert.True(truth[0].Area > 5 * truth[1].Area);
        // As good as all of the second is covered: it is there, but cannot be asked for.
        Assert.DoesNotContain(truth[1].Keypoints, keypoint => keypoint.IsLabelled);
    }

    [Fact]
    public void Half_behind_another_the_covered_keypoints_are_labelled_as_hidden()
    {
        var truth = Draw(Standing(heading: 0), new FigureItem(1, Build, Plain(), new BodyPose(), new(0.3f, 4, 0), 0))[1].Keypoints;
        Assert.Equal((1, 2), (truth[RightShoulder].Visibility, truth[LeftShoulder].Visibility));
    }

    [Fact]
    public void What_is_covered_far_from_all_that_is_seen_is_not_labelled()
    {
        Crate crate = new(new(0, 0, 2.4f), 0, new(1.5f, 0.9f, 0.4f), default);
        var truth = Draw([crate], Standing(heading: 0))[0];
        Assert.Equal(default, truth.Keypoints[LeftAnkle]);
        Assert.Equal(2, truth.Keypoints[LeftShoulder].Visibility);
        Assert.True(truth.Box.Height < 120, $"{truth.Box}");
    }

    [Fact]
    public void Who_sits_and_looks_away_hides_the_feet_behind_the_seat()
    {
        var sitting = new BodyPose { Seated = true, LeftLeg = new(88, 0, 0, 92, 0), RightLeg = new(88, 0, 0, 92, 0) };
        Assert.Equal(0, Draw(Standing(heading: 180, sitting))[0].Keypoints[LeftAnkle].Visibility);
        Assert.Equal(2, Draw(Standing(heading: 0, sitting))[0].Keypoints[LeftAnkle].Visibility);
    }

    [Fact]
    public void What_the_pictures_edge_cuts_off_is_not_labelled()
    {
        var truth = Draw(new FigureItem(0, Build, Plain(), new BodyPose(), new(0, 1.9f, 0), 0))[0];
        Assert.Equal(default, truth.Keypoints[LeftAnkle]);
        Assert.Equal(2, truth.Keypoints[LeftHip].Visibility);
        Assert.InRange(truth.Box.Bottom, 319.9, 320);
    }

    [Fact]
    public void Keypoints_lie_where_the_camera_sees_the_joints()
    {
        // Hips at 0.53 of 1.75 m less what the soles take; focal length 400, 3.2 m away: 125 pixels a metre.
        var truth = Draw(Standing(heading: 0))[0].Keypoints;
        Assert.InRange(truth[LeftHip].X, 120 + 0.052 * 1.75 * 125 - 1, 120 + 0.052 * 1.75 * 125 + 1);
        Assert.InRange(truth[LeftHip].Y, 150 + (0.9 - 0.53 * 1.75) * 125 - 4, 150 + (0.9 - 0.53 * 1.75) * 125 + 4);
    }

    private static FigureItem Standing(float heading, BodyPose? pose = null) =>
        new(0, Build, Plain(), pose ?? new BodyPose(), new(0, 3.2f, heading), 0);

    private static Dress Plain() =>
        Dress.Create(new SceneRandom(3)) with { Legs = Dress.Legwear.Trousers, Head = Dress.Headwear.Hair, Backpack = false };

    private static FigureTruth[] Draw(params FigureItem[] figures) => Draw([], figures);

    private static FigureTruth[] Draw(ISceneItem[] things, params FigureItem[] figures)
    {
        Light light = new()
        {
            ToSun = Vector3.UnitY,
            Sun = Vector3.Zero,
            Ambient = Vector3.One,
            SkyTop = default,
            SkyHorizon = default,
            Haze = default,
            HazeDistance = 1e6f,
            Clouds = 0,
            Shadow = 0,
        };
        using ScenePainter painter = new(View, light);
        SceneOrder.Draw(painter, [.. things, .. figures], 0);
        var (_, labels) = painter.Finish();
        return [.. figures.Select(figure => figure.Truth(View, labels)).OfType<FigureTruth>()];
    }
}
