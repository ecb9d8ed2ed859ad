using Seg.Models;
using SkiaSharp;

namespace Seg.Train.Synthesis.Figures;

/// <summary>Finds out what of a figure is to be seen in a finished picture.</summary>
/// <param name="number">The figure's.</param>
/// <param name="parts">The figure's.</param>
/// <param name="camera">With which it was painted.</param>
/// <param name="labels">The finished mask, row by row.</param>
internal sealed class FigureAnnotator(int number, IReadOnlyList<BodyPart> parts, Camera camera, byte[] labels)
{
    // How far behind the surface that is seen a keypoint may lie and still count as visible, besides the thickness of its own limb; in
    // metres.
    private const float Slack = 0.05f;

    /// <returns>Null when nothing of the figure is in the picture.</returns>
    public FigureTruth? Annotate(FigureJoint[] joints)
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
        var keypoints = Array.ConvertAll(joints, joint => Annotate(joint, box));
        // Who is as good as covered cannot be asked for: without keypoints an annotation counts nowhere.
        if (keypoints.Count(keypoint => keypoint.Visibility == 2) < 2)
            Array.Clear(keypoints);
        return new FigureTruth(number, keypoints, box, area);
    }

    private LabelledKeypoint Annotate(FigureJoint joint, PersonBox box)
    {
        var at = camera.ToPicture(camera.Project(joint.Place));
        if (!camera.Shows(at))
            return default;
        var visible = IsVisible(joint, at);
        // The canvas counts from the pixels' corners, annotations from their centres.
        return visible || IsGuessable(box, at) ? new(at.X - 0.5f, at.Y - 0.5f, visible ? 2 : 1) : default;
    }

    private bool IsVisible(FigureJoint joint, SKPoint at)
    {
        var label = LabelAt((int)at.X, (int)at.Y);
        if (label != joint.Label)
            return false;                                  // something was painted over it
        if (FigureLabels.Figure(label) != number)
            return IsBeside(at);                           // or behind its own seat
        var cover = parts.First(part => part.Kind == FigureLabels.Part(label));
        return joint.Place.Z - Surface(cover, camera.Project(joint.Place)) < joint.Thickness + Slack;
    }

    /// <summary>Whether somebody who sees only this much of the figure could tell where a hidden joint is: not far outside of what is
    /// seen.</summary>
    private static bool IsGuessable(PersonBox box, SKPoint joint)
    {
        var margin = 0.1f * Math.Max(box.Width, box.Height);
        return joint.X >= box.X - margin && joint.Y >= box.Y - margin && joint.X <= box.Right + margin && joint.Y <= box.Bottom + margin;
    }

    /// <summary>Whether a place outside the figure is next to it: a wrist in a thin arm may miss the arm's pixels.</summary>
    private bool IsBeside(SKPoint place)
    {
        for (var y = Math.Max((int)place.Y - 1, 0); y <= Math.Min((int)place.Y + 1, camera.ImageHeight - 1); y++)
        {
            for (var x = Math.Max((int)place.X - 1, 0); x <= Math.Min((int)place.X + 1, camera.ImageWidth - 1); x++)
            {
                if (FigureLabels.Figure(LabelAt(x, y)) == number)
                    return true;
            }
        }
        return false;
    }

    /// <summary>How far along the view, in metres, a part's surface is at a place of the picture.</summary>
    private float Surface(BodyPart part, SKPoint at)
    {
        var nearest = float.PositiveInfinity;
        foreach (var first in part.Spheres)
        {
            foreach (var second in part.Spheres)
            {
                for (var t = 0f; t <= 0.5f; t += 0.125f)
                    nearest = Math.Min(nearest, Surface(Sphere.Lerp(first, second, t), at));
            }
        }
        return nearest;
    }

    private float Surface(Sphere sphere, SKPoint at)
    {
        var (middle, radius) = (camera.Project(sphere.Center), Hull.Radius(camera, sphere));
        var aside = ((at.X - middle.X) * (at.X - middle.X) + (at.Y - middle.Y) * (at.Y - middle.Y)) / (radius * radius);
        return aside < 1 ? sphere.Center.Z - sphere.Radius * MathF.Sqrt(1 - aside) : float.PositiveInfinity;
    }

    private byte LabelAt(int x, int y) => labels[y * camera.ImageWidth + x];
}
