using System.Numerics;
using Seg.Models;
using SkiaSharp;

namespace Seg.Train.Synthesis.Figures;

/// <summary>One person in a scene at one moment. Painting it notes what its truth needs, so that each is for one picture.</summary>
internal sealed class FigureItem : ISceneItem
{
    // How far behind the surface that is seen a keypoint may lie and still count as visible, besides the thickness of its own limb.
    private const float Slack = 0.05f;
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
        FigurePainter brush = new(painter, body, dress, ToScene);
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
            labelsWhenDrawn[i] = Contains(painter.Camera, joints[i]) ? painter.LabelAt(joints[i]) : (byte)0;
    }

    /// <summary>What a perfect annotator would write.</summary>
    /// <param name="camera">With which it was painted.</param>
    /// <param name="labels">The finished mask, row by row.</param>
    /// <returns>Null when nothing of it is in the picture.</returns>
    public FigureTruth? Truth(Camera camera, byte[] labels)
    {
        int area = 0, left = int.MaxValue, top = int.MaxValue, right = -1, bottom = -1;
        for (var i = 0; i < labels.Length; i++)
        {
            if (FigureLabels.Figure(labels[i]) != number)
                continue;
            var (x, y) = (i % camera.ImageWidth, i / camera.ImageWidth);
            (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
            area++;
        }
        if (area == 0)
            return null;
        PersonBox box = new(left, top, right - left + 1, bottom - top + 1);
        return new FigureTruth(number, Keypoints(camera, labels, box), box, area);
    }

    private LabelledKeypoint[] Keypoints(Camera camera, byte[] labels, PersonBox box)
    {
        var joints = Project(camera);
        var keypoints = new LabelledKeypoint[joints.Length];
        for (var i = 0; i < joints.Length; i++)
        {
            if (!Contains(camera, joints[i]))
                continue;
            var visible = IsVisible(camera, labels, joints[i], i);
            if (visible || IsGuessable(box, joints[i]))
                keypoints[i] = new(joints[i].X - 0.5f, joints[i].Y - 0.5f, visible ? 2 : 1);
        }
        // Who is as good as covered cannot be asked for: without keypoints an annotation counts nowhere.
        if (keypoints.Count(keypoint => keypoint.Visibility == 2) < 2)
            Array.Clear(keypoints);
        return keypoints;
    }

    /// <summary>Whether somebody who sees only this much of the figure could tell where a hidden joint is: not far outside of what is seen.</summary>
    private static bool IsGuessable(PersonBox box, SKPoint joint)
    {
        var margin = 0.1f * Math.Max(box.Width, box.Height);
        return joint.X >= box.X - margin && joint.Y >= box.Y - margin && joint.X <= box.Right + margin && joint.Y <= box.Bottom + margin;
    }

    private bool IsVisible(Camera camera, byte[] labels, SKPoint joint, int index)
    {
        var label = labels[(int)joint.Y * camera.ImageWidth + (int)joint.X];
        if (label != labelsWhenDrawn[index])
            return false;                                  // something was painted over it
        if (FigureLabels.Figure(label) != number)
            return IsBeside(camera, labels, joint);        // or behind its own seat
        var point = ToScene(body.Keypoints()[index]);
        var cover = parts.First(part => part.Kind == FigureLabels.Part(label));
        return point.Z - Surface(camera, cover, camera.Project(point)) < Thickness[index] * build.Height + Slack;
    }

    /// <summary>Whether a place outside the figure is next to it: a wrist in a thin arm may miss the arm's pixels.</summary>
    private bool IsBeside(Camera camera, byte[] labels, SKPoint place)
    {
        for (var y = Math.Max((int)place.Y - 1, 0); y <= Math.Min((int)place.Y + 1, camera.ImageHeight - 1); y++)
        {
            for (var x = Math.Max((int)place.X - 1, 0); x <= Math.Min((int)place.X + 1, camera.ImageWidth - 1); x++)
            {
                if (FigureLabels.Figure(labels[y * camera.ImageWidth + x]) == number)
                    return true;
            }
        }
        return false;
    }

    /// <summary>How far along the view, in metres, a part's surface is at a place of the picture.</summary>
    private static float Surface(Camera camera, BodyPart part, SKPoint at)
    {
        var nearest = float.PositiveInfinity;
        foreach (var first in part.Spheres)
        {
            foreach (var second in part.Spheres)
            {
                for (var t = 0f; t <= 0.5f; t += 0.125f)
                {
                    var sphere = Sphere.Lerp(first, second, t);
                    var (middle, radius) = (camera.Project(sphere.Center), Hull.Radius(camera, sphere));
                    var aside = ((at.X - middle.X) * (at.X - middle.X) + (at.Y - middle.Y) * (at.Y - middle.Y)) / (radius * radius);
                    if (aside < 1)
                        nearest = Math.Min(nearest, sphere.Center.Z - sphere.Radius * MathF.Sqrt(1 - aside));
                }
            }
        }
        return nearest;
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

    private static bool Contains(Camera camera, SKPoint point) =>
        point.X >= 0 && point.Y >= 0 && point.X < camera.ImageWidth && point.Y < camera.ImageHeight;

    private Vector3 ToScene(Vector3 point) => Placement.ToScene(point, rise);
}
