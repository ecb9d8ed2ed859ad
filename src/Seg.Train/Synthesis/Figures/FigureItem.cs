using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis.Figures;

/// <summary>One person in a scene at one moment. Painting it notes what its truth needs, so that each is for one picture.</summary>
internal sealed class FigureItem : ISceneItem
{
    // Of the limb around each keypoint, as a share of the body's height; on the face they lie on the surface.
    private static readonly float[] Thickness = [0, 0, 0, 0, 0, 0.034f, 0.034f, 0.026f, 0.026f, 0.02f, 0.02f, 0.062f, 0.062f, 0.038f,
        0.038f, 0.026f, 0.026f];

    private readonly int number;
    private readonly BodyBuild build;
    private readonly Dress dress;
    private readonly BodyPose pose;
    private readonly Body body;
    private readonly float floor, rise;
    private readonly List<BodyPart> parts;
    private readonly byte[] labelsWhenDrawn = new byte[17];

    /// <param name="number">Among the figures of its scene, from 0 to <see cref="FigureLabels.MostFigures"/> − 1.</param>
    /// <param name="build">Size.</param>
    /// <param name="dress">Looks.</param>
    /// <param name="pose">Within the limits of joints.</param>
    /// <param name="placement">Where.</param>
    /// <param name="floor">Height of the ground.</param>
    public FigureItem(int number, BodyBuild build, Dress dress, BodyPose pose, Placement placement, float floor)
    {
        (this.number, this.build, this.dress, this.pose, Placement, this.floor) = (number, build, dress, pose, placement, floor);
        body = new Body(build, pose);
        parts = new FigureParts(body, dress, point => placement.ToScene(point, 0)).Make();
        rise = floor + pose.Lift * build.Height - parts.Min(part => part.Spheres.Min(sphere => sphere.Center.Y - sphere.Radius));
        parts = new FigureParts(body, dress, ToScene).Make();
    }

    public Placement Placement { get; }

    public float Far(float seconds) => Placement.Z;

    public void CastShadow(ScenePainter painter, SKPath outline, float seconds)
    {
        var run = ShadowOutline.PerMetre(painter.Light);
        foreach (var part in parts)
        {
            List<SKPoint> ground = [];
            foreach (var sphere in part.Spheres)
            {
                var middle = new Vector2(sphere.Center.X, sphere.Center.Z) + run * (sphere.Center.Y - floor);
                for (var i = 0; i < 8; i++)
                {
                    var (sine, cosine) = MathF.SinCos(i * MathF.Tau / 8);
                    ground.Add(new(middle.X + sphere.Radius * cosine, middle.Y + sphere.Radius * sine));
                }
            }
            ShadowOutline.Add(painter, outline, [.. Hull.Convex(ground).Select(point => new Vector2(point.X, point.Y))]);
        }
    }

    public void Draw(ScenePainter painter, float seconds)
    {
        DrawContact(painter);
        FigurePainter brush = new(new BodyBrush(painter, painter.Camera.Depth(ToScene(body.Waist).Z)), body, dress, ToScene);
        var seat = pose.Seated ? MakeSeat() : null;
        foreach (var part in parts.OrderByDescending(part => part.Depth))
        {
            // Legs that hang down behind the seat are covered by it, thighs lie on it.
            if (seat is not null && part.Depth < Placement.Z + 0.24f)
            {
                seat.Draw(painter, seconds);
                seat = null;
            }
            brush.Draw(part, FigureLabels.Of(number, part.Kind));
        }
        var joints = Project(painter.Camera);
        for (var i = 0; i < joints.Length; i++)
            labelsWhenDrawn[i] = painter.Camera.Shows(joints[i]) ? painter.LabelAt(joints[i]) : (byte)0;
    }

    /// <summary>What a perfect annotator would write.</summary>
    /// <param name="camera">With which it was painted.</param>
    /// <param name="labels">The finished mask, row by row.</param>
    /// <returns>Null when nothing of it is in the picture.</returns>
    public FigureTruth? Truth(Camera camera, byte[] labels)
    {
        var joints = Array.ConvertAll(body.Keypoints(), ToScene);
        var seen = new FigureJoint[joints.Length];
        for (var i = 0; i < joints.Length; i++)
            seen[i] = new(joints[i], Thickness[i] * build.Height, labelsWhenDrawn[i]);
        return new FigureAnnotator(number, parts, camera, labels).Annotate(seen);
    }

    /// <summary>A soft dark spot under each foot, as there is in any light.</summary>
    private void DrawContact(ScenePainter painter)
    {
        foreach (var half in (ReadOnlySpan<Body.Half>)[body.Left, body.Right])
        {
            var foot = (ToScene(half.Heel) + ToScene(half.Toe)) / 2;
            var strength = Math.Clamp(1 - (foot.Y - floor - 0.04f) / 0.3f, 0.25f, 1);
            var scale = painter.Camera.Scale(Math.Max(painter.Camera.Depth(foot.Z), Camera.Near));
            var flat = Math.Clamp((painter.Camera.Height - floor) / Math.Max(painter.Camera.Depth(foot.Z), 1), 0.05f, 0.7f);
            painter.Glow(painter.Camera.Project(foot with { Y = floor }), 0.2f * scale, 0.17f * scale * flat,
                new SKColor(8, 10, 16, (byte)(170 * strength)));
        }
    }

    private Crate MakeSeat()
    {
        var hips = ToScene((body.Left.Hip + body.Right.Hip) / 2).Y;
        return new Crate(new(Placement.X, floor, Placement.Z), Placement.Heading,
            new(0.42f, hips - 0.06f * build.Height * build.Girth - floor, 0.42f), dress.Accent);
    }

    private SKPoint[] Project(Camera camera) =>
        Array.ConvertAll(body.Keypoints(), keypoint => camera.ToPicture(camera.Project(ToScene(keypoint))));

    private Vector3 ToScene(Vector3 point) => Placement.ToScene(point, rise);
}
