using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>
/// Draws a scene twice: smoothly as the picture, and with hard edges in the classes' ids as the mask. What is painted later lies in
/// front, in both
/// alike, so that the mask is exact; what gets no label is detail on something that has one.
/// </summary>
internal sealed unsafe class ScenePainter : IDisposable
{
    private readonly SKBitmap picture, mask;
    private readonly SKCanvas pictureCanvas, maskCanvas;
    private readonly SKPaint paint = new() { IsAntialias = true, StrokeJoin = SKStrokeJoin.Round, StrokeCap = SKStrokeCap.Round };
    private readonly SKPaint maskPaint = new() { StrokeJoin = SKStrokeJoin.Round, StrokeCap = SKStrokeCap.Round };
    private readonly SKPath path = new();
    private readonly List<SKPoint> projected = [];
    private float boardDepth;

    public ScenePainter(Camera camera, Light light)
    {
        (Camera, Light) = (camera, light);
        picture = new SKBitmap(camera.ImageWidth, camera.ImageHeight, SKColorType.Bgra8888, SKAlphaType.Opaque);
        mask = new SKBitmap(camera.ImageWidth, camera.ImageHeight, SKColorType.Bgra8888, SKAlphaType.Opaque);
        (pictureCanvas, maskCanvas) = (new SKCanvas(picture), new SKCanvas(mask));
        foreach (var canvas in (ReadOnlySpan<SKCanvas>)[pictureCanvas, maskCanvas])
            canvas.RotateDegrees(camera.Tilt, camera.ImageWidth / 2f, camera.ImageHeight / 2f);
    }

    public Camera Camera { get; }

    public Light Light { get; }

    /// <summary>The colour as the air lets it through from that distance in metres.</summary>
    public SKColor Hazed(SKColor color, float depth) =>
        Tint.Mix(color, Light.Haze.WithAlpha(color.Alpha), 1 - MathF.Exp(-Math.Max(depth, 0) / Light.HazeDistance));

    /// <summary>The colour of a surface in this light.</summary>
    public SKColor Lit(SKColor color, Vector3 normal) => Tint.Times(color, Light.On(normal));

    /// <summary>A flat polygon of the street, in metres.</summary>
    /// <param name="corners">In order around it.</param>
    /// <param name="color">Its colour in this light, without haze.</param>
    /// <param name="label">Its class; none for detail.</param>
    public void Face(ReadOnlySpan<Vector3> corners, SKColor color, byte? label = null)
    {
        if (!Outline(corners, out var depth))
            return;
        paint.Color = Hazed(color, depth);
        // A hair's stroke closes the seams between faces that meet.
        paint.Style = label is null ? SKPaintStyle.Fill : SKPaintStyle.StrokeAndFill;
        paint.StrokeWidth = 0.5f;
        pictureCanvas.DrawPath(path, paint);
        Label(label);
    }

    /// <summary>
    /// As <see cref="Face(ReadOnlySpan{Vector3}, SKColor, byte?)"/>, for a polygon that reaches far: haze grows along it.
    /// </summary>
    public void LongFace(ReadOnlySpan<Vector3> corners, SKColor color, byte label)
    {
        if (!Outline(corners, out _))
            return;
        Vector3 near = corners[0], far = corners[0];
        foreach (var corner in corners)
        {
            near = corner.Z < near.Z ? corner : near;
            far = corner.Z > far.Z ? corner : far;
        }
        near.Z = Math.Max(near.Z, Camera.Z + Camera.Near);
        using var shader = SKShader.CreateLinearGradient(new(Camera.Project(near).X, 0), new(Camera.Project(far).X, 0),
            [Hazed(color, Camera.Depth(near.Z)), Hazed(color, Camera.Depth(far.Z))], SKShaderTileMode.Clamp);
        Fill(shader);
        Label(label);
    }

    /// <summary>A strip of ground from the camera to the horizon, following the road, between two places across it.</summary>
    /// <param name="left">Metres from the road's middle.</param>
    /// <param name="right">Metres from the road's middle.</param>
    /// <param name="y">Height above the road.</param>
    /// <param name="color">The ground's colour in this light, without haze.</param>
    /// <param name="label">The ground's class.</param>
    /// <param name="from">Where along the road it starts.</param>
    /// <param name="to">Where along the road it ends.</param>
    public void Strip(float left, float right, float y, SKColor color, byte? label, float from = float.NegativeInfinity,
        float to = float.PositiveInfinity)
    {
        from = Math.Max(from, Camera.Z + Camera.Near);
        to = Math.Min(to, Camera.Z + 600);
        if (from >= to)
            return;
        path.Rewind();
        List<float> places = [];
        for (var z = from; z < to; z += Math.Max(0.5f, Camera.Depth(z) * 0.18f))
            places.Add(z);
        places.Add(to);
        foreach (var z in places)
            Extend(Camera.Project(left, y, z));
        for (var i = places.Count - 1; i >= 0; i--)
            Extend(Camera.Project(right, y, places[i]));
        path.Close();
        using var shader = GroundShader(color, y);
        Fill(shader);
        Label(label);
    }

    /// <summary>A band on the picture alone, such as the sky: from the top of the picture down to a row, whatever the tilt.</summary>
    public void Backdrop(SKShader shader, byte label)
    {
        path.Rewind();
        path.AddRect(new SKRect(-Camera.ImageWidth, -Camera.ImageHeight, 2 * Camera.ImageWidth, 2 * Camera.ImageHeight));
        Fill(shader);
        Label(label);
    }

    /// <summary>A soft spot in pixels of the picture, detail on what is there.</summary>
    public void Glow(SKPoint center, float radiusX, float radiusY, SKColor color)
    {
        if (!(radiusX > 0.2f && radiusY > 0.2f))
            return;
        using var shader = SKShader.CreateRadialGradient(SKPoint.Empty, 1,
            [color, Tint.Mix(color, color.WithAlpha(0), 0.45f), color.WithAlpha(0)],
            [0, 0.55f, 1], SKShaderTileMode.Clamp, SKMatrix.CreateScaleTranslation(radiusX, radiusY, center.X, center.Y));
        path.Rewind();
        path.AddOval(new SKRect(center.X - radiusX, center.Y - radiusY, center.X + radiusX, center.Y + radiusY));
        Fill(shader);
    }

    /// <summary>Darkens the ground under an outline given in the picture's pixels.</summary>
    public void Shade(SKPath outline, float darkness)
    {
        paint.Style = SKPaintStyle.Fill;
        paint.Color = new SKColor(8, 12, 26, (byte)(255 * darkness));
        pictureCanvas.DrawPath(outline, paint);
    }

    /// <summary>A shape in pixels of the picture whose colour changes evenly from one point to another.</summary>
    public void Shape(ReadOnlySpan<SKPoint> outline, SKPoint from, SKColor fromColor, SKPoint to, SKColor toColor, byte? label = null)
    {
        path.Rewind();
        path.AddPoly(outline);
        using var shader = SKShader.CreateLinearGradient(from, to, [fromColor, toColor], SKShaderTileMode.Clamp);
        Fill(shader);
        Label(label);
    }

    /// <summary>A shape in pixels of the picture.</summary>
    public void Shape(ReadOnlySpan<SKPoint> outline, SKColor color, byte? label = null)
    {
        path.Rewind();
        path.AddPoly(outline);
        paint.Style = SKPaintStyle.Fill;
        paint.Color = color;
        pictureCanvas.DrawPath(path, paint);
        Label(label);
    }

    /// <summary>A closed line in pixels of the picture, detail on what is there.</summary>
    public void Contour(ReadOnlySpan<SKPoint> outline, float width, SKColor color)
    {
        path.Rewind();
        path.AddPoly(outline);
        paint.Style = SKPaintStyle.Stroke;
        paint.StrokeWidth = width;
        paint.Color = color;
        pictureCanvas.DrawPath(path, paint);
    }

    /// <summary>The id that the mask has by now.</summary>
    /// <param name="pixel">Its corner or any point in it, within the picture, after the turn of the camera.</param>
    public byte LabelAt(SKPoint pixel)
    {
        maskCanvas.Flush();
        return mask.GetPixelSpan()[((int)pixel.Y * Camera.ImageWidth + (int)pixel.X) * 4];
    }

    /// <summary>
    /// Turns to a plane that faces the camera at a place of the street: until <see cref="LeaveBoard"/>, shapes are in metres, y up.
    /// </summary>
    /// <returns>False when the place is behind the camera, and nothing is to be drawn.</returns>
    public bool EnterBoard(float x, float y, float z)
    {
        boardDepth = Camera.Depth(z);
        if (boardDepth < Camera.Near)
            return false;
        var foot = Camera.Project(x, y, z);
        var scale = Camera.Scale(boardDepth);
        foreach (var canvas in (ReadOnlySpan<SKCanvas>)[pictureCanvas, maskCanvas])
        {
            canvas.Save();
            canvas.Translate(foot.X, foot.Y);
            canvas.Scale(scale, -scale);
        }
        return true;
    }

    public void LeaveBoard()
    {
        pictureCanvas.Restore();
        maskCanvas.Restore();
    }

    /// <summary>A polygon on the board.</summary>
    public void Polygon(ReadOnlySpan<SKPoint> corners, SKColor color, byte? label = null)
    {
        path.Rewind();
        path.AddPoly(corners.ToArray());
        FillOnBoard(color, label);
    }

    public void Disc(float x, float y, float radiusX, float radiusY, SKColor color, byte? label = null)
    {
        path.Rewind();
        path.AddOval(new SKRect(x - radiusX, y - radiusY, x + radiusX, y + radiusY));
        FillOnBoard(color, label);
    }

    public void Disc(float x, float y, float radius, SKColor color, byte? label = null) => Disc(x, y, radius, radius, color, label);

    public void Box(float left, float bottom, float right, float top, SKColor color, byte? label = null) =>
        Polygon([new(left, bottom), new(right, bottom), new(right, top), new(left, top)], color, label);

    /// <summary>A line through points on the board, with round ends, at least as wide as <paramref name="leastPixels"/>.</summary>
    public void Line(ReadOnlySpan<SKPoint> points, float width, SKColor color, byte? label = null, float leastPixels = 0)
    {
        path.Rewind();
        path.AddPoly(points.ToArray(), close: false);
        Stroke(Math.Max(width, leastPixels / Camera.Scale(boardDepth)), color, label);
    }

    public void Ring(float x, float y, float radius, float width, SKColor color, byte? label = null)
    {
        path.Rewind();
        path.AddCircle(x, y, radius);
        Stroke(width, color, label);
    }

    /// <summary>The picture's pixels in the order B, G, R, unused, and the mask's ids, both row by row.</summary>
    public (byte[] Bgrx, byte[] Labels) Finish()
    {
        pictureCanvas.Flush();
        maskCanvas.Flush();
        var ids = mask.GetPixelSpan();
        var labels = new byte[Camera.ImageWidth * Camera.ImageHeight];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = ids[i * 4];
        return (picture.Bytes, labels);
    }

    public void Dispose()
    {
        foreach (var item in (ReadOnlySpan<IDisposable>)[pictureCanvas, maskCanvas, picture, mask, paint, maskPaint, path])
            item.Dispose();
    }

    /// <summary>Ground loses its colour to haze and, seen flat, to the sky's light, from row to row.</summary>
    private SKShader GroundShader(SKColor color, float y)
    {
        ReadOnlySpan<float> depths = [600, 150, 70, 35, 18, 9, 4];
        var colors = new SKColor[depths.Length];
        var rows = new float[depths.Length];
        var lowest = Camera.Horizon + Camera.Focal * (Camera.Height - y) / depths[^1];
        for (var i = 0; i < depths.Length; i++)
        {
            colors[i] = Hazed(Tint.Mix(color, Light.SkyHorizon, 0.16f * (1 - MathF.Exp(-depths[i] / 40))), depths[i]);
            rows[i] = Camera.Focal * (Camera.Height - y) / depths[i] / (lowest - Camera.Horizon);
        }
        return SKShader.CreateLinearGradient(new(0, Camera.Horizon), new(0, lowest), colors, rows, SKShaderTileMode.Clamp);
    }

    private bool Outline(ReadOnlySpan<Vector3> corners, out float depth)
    {
        Camera.Project(corners, projected);
        depth = 0;
        if (projected.Count < 3)
            return false;
        foreach (var corner in corners)
            depth += Math.Max(Camera.Depth(corner.Z), Camera.Near) / corners.Length;
        path.Rewind();
        foreach (var point in projected)
            Extend(point);
        path.Close();
        return true;
    }

    private void Extend(SKPoint point)
    {
        if (path.IsEmpty)
            path.MoveTo(point);
        else
            path.LineTo(point);
    }

    private void Fill(SKShader shader)
    {
        paint.Style = SKPaintStyle.Fill;
        paint.Color = SKColors.Black;
        paint.Shader = shader;
        pictureCanvas.DrawPath(path, paint);
        paint.Shader = null;
    }

    private void FillOnBoard(SKColor color, byte? label)
    {
        paint.Style = SKPaintStyle.Fill;
        paint.Color = Hazed(color, boardDepth);
        pictureCanvas.DrawPath(path, paint);
        Label(label);
    }

    private void Stroke(float width, SKColor color, byte? label)
    {
        paint.Style = SKPaintStyle.Stroke;
        paint.StrokeWidth = width;
        paint.Color = Hazed(color, boardDepth);
        pictureCanvas.DrawPath(path, paint);
        if (label is null)
            return;
        maskPaint.Style = SKPaintStyle.Stroke;
        maskPaint.StrokeWidth = width;
        Label(label);
        maskPaint.Style = SKPaintStyle.Fill;
    }

    private void Label(byte? label)
    {
        if (label is not { } id)
            return;
        maskPaint.Color = new SKColor(id, id, id);
        maskCanvas.DrawPath(path, maskPaint);
    }
}
