using Seg.Models;
using SkiaSharp;

namespace Seg.Predict.Drawing;

/// <summary>Draws the limbs and joints of one person.</summary>
/// <remarks>Each line and dot lies on a wider dark one, so that it reads on light and dark ground alike.</remarks>
internal sealed class SkeletonPainter
{
    private const float LeastAlpha = 0.5f;                      // of a limb at the lowest score that is drawn
    private static readonly SKColor Dark = new(0x08, 0x0A, 0x0E);

    private readonly KeypointSet keypoints;
    private readonly PoseOverlayOptions options;
    private readonly SKColor[] jointColors, limbColors;

    public SkeletonPainter(KeypointSet keypoints, PoseOverlayOptions options)
    {
        (this.keypoints, this.options) = (keypoints, options);
        jointColors = [.. keypoints.Colors.Select(color => new SKColor(color.R, color.G, color.B))];
        limbColors = [.. keypoints.Skeleton.Select(limb => Mean(jointColors[limb[0]], jointColors[limb[1]]))];
    }

    public bool IsShown(Keypoint keypoint) =>
        keypoint.Score >= options.MinKeypointScore && float.IsFinite(keypoint.X) && float.IsFinite(keypoint.Y);

    /// <summary>Farthest that anything is drawn from a joint, in widths of a limb.</summary>
    public static float Reach => 2;

    /// <param name="joints">In picture coordinates.</param>
    /// <param name="width">Of a limb, in pixels.</param>
    public void Draw(SKCanvas canvas, Keypoint[] joints, float width)
    {
        using SKPaint paint = new() { IsAntialias = true, StrokeCap = SKStrokeCap.Round };
        var border = BorderOf(width);
        paint.Style = SKPaintStyle.Stroke;
        paint.StrokeWidth = width + 2 * border;
        foreach (var limb in Limbs(joints))
            DrawLimb(canvas, limb, Dark.WithAlpha((byte)(0.7f * limb.Color.Alpha)), paint);
        paint.StrokeWidth = width;
        foreach (var limb in Limbs(joints))
            DrawLimb(canvas, limb, limb.Color, paint);
        for (var index = 0; index < joints.Length; index++)
        {
            if (IsShown(joints[index]))
                DrawJoint(canvas, joints[index], jointColors[index], width, paint);
        }
    }

    /// <summary>Width of the dark border, in pixels.</summary>
    private static float BorderOf(float width) => Math.Max(0.9f, 0.22f * width);

    private static SKColor Mean(SKColor first, SKColor second) =>
        new((byte)((first.Red + second.Red) / 2), (byte)((first.Green + second.Green) / 2), (byte)((first.Blue + second.Blue) / 2));

    private static void DrawLimb(SKCanvas canvas, (Keypoint From, Keypoint To, SKColor Color) limb, SKColor color, SKPaint paint)
    {
        paint.Color = color;
        canvas.DrawLine(limb.From.X, limb.From.Y, limb.To.X, limb.To.Y, paint);
    }

    /// <summary>A dot with a dark border; the less sure the joint, the more of a ring.</summary>
    private void DrawJoint(SKCanvas canvas, Keypoint joint, SKColor color, float width, SKPaint paint)
    {
        var (radius, border, sureness) = (0.95f * width, BorderOf(width), Sureness(joint));
        paint.Style = SKPaintStyle.Fill;
        paint.Color = Dark.WithAlpha(200);
        canvas.DrawCircle(joint.X, joint.Y, radius + border, paint);
        paint.Color = color.WithAlpha((byte)(255 * sureness));
        canvas.DrawCircle(joint.X, joint.Y, radius, paint);
        paint.Style = SKPaintStyle.Stroke;
        paint.StrokeWidth = Math.Max(0.8f, 0.3f * width);
        paint.Color = color;
        canvas.DrawCircle(joint.X, joint.Y, radius - paint.StrokeWidth / 2, paint);
    }

    private IEnumerable<(Keypoint From, Keypoint To, SKColor Color)> Limbs(Keypoint[] joints)
    {
        for (var index = 0; index < limbColors.Length; index++)
        {
            var (from, to) = (joints[keypoints.Skeleton[index][0]], joints[keypoints.Skeleton[index][1]]);
            if (!IsShown(from) || !IsShown(to))
                continue;
            var alpha = LeastAlpha + (1 - LeastAlpha) * Math.Min(Sureness(from), Sureness(to));
            yield return (from, to, limbColors[index].WithAlpha((byte)(255 * alpha)));
        }
    }

    /// <summary>0 at the lowest score that is drawn, 1 where the keypoint is sure.</summary>
    private float Sureness(Keypoint keypoint) =>
        (float)Math.Clamp((keypoint.Score - options.MinKeypointScore) / (options.SureKeypointScore - options.MinKeypointScore), 0, 1);
}
