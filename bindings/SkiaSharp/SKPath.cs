using SkiaSharp.Interop;

namespace SkiaSharp;

/// <summary>Lines and curves. Angles are in degrees, clockwise from the positive x axis, as y points down.</summary>
public sealed class SKPath : SKObject
{
    // Cairo counts in 24.8 fixed point and would wrap around beyond; nothing this far out is visible.
    private const float Furthest = 1e6f;

    private enum Verb : byte { Move, Line, Cubic, Close }

    private readonly List<Verb> verbs;
    private readonly List<SKPoint> points;                // 1 for Move and Line, 3 for Cubic
    private SKPathFillType fillType;
    private SKPoint start;

    public SKPath() => (verbs, points) = ([], []);

    public SKPath(SKPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        path.ThrowIfDisposed();
        (verbs, points, fillType, start) = ([.. path.verbs], [.. path.points], path.fillType, path.start);
    }

    /// <summary>Which points are inside where lines cross or shapes overlap.</summary>
    public SKPathFillType FillType
    {
        get
        {
            ThrowIfDisposed();
            return fillType;
        }
        set
        {
            ThrowIfDisposed();
            fillType = value;
        }
    }

    public bool IsEmpty => VerbCount == 0;

    public int VerbCount
    {
        get
        {
            ThrowIfDisposed();
            return verbs.Count;
        }
    }

    public int PointCount => Points.Length;

    public SKPoint[] Points
    {
        get
        {
            ThrowIfDisposed();
            return [.. points];
        }
    }

    public SKPoint LastPoint => points.Count == 0 ? SKPoint.Empty : verbs[^1] == Verb.Close ? start : points[^1];

    /// <summary>The box around all points, those that steer curves included.</summary>
    public SKRect Bounds
    {
        get
        {
            ThrowIfDisposed();
            if (points.Count == 0)
                return SKRect.Empty;
            return new(points.Min(p => p.X), points.Min(p => p.Y), points.Max(p => p.X), points.Max(p => p.Y));
        }
    }

    public void MoveTo(SKPoint point)
    {
        Add(Verb.Move, point);
        start = point;
    }

    public void MoveTo(float x, float y) => MoveTo(new SKPoint(x, y));

    public void LineTo(SKPoint point)
    {
        Begin();
        Add(Verb.Line, point);
    }

    public void LineTo(float x, float y) => LineTo(new SKPoint(x, y));

    public void QuadTo(SKPoint point0, SKPoint point1)
    {
        Begin();
        var from = LastPoint;                             // a quadratic curve is a cubic one whose controls lie at two thirds
        CubicTo(new(from.X + (point0.X - from.X) * 2 / 3, from.Y + (point0.Y - from.Y) * 2 / 3),
            new(point1.X + (point0.X - point1.X) * 2 / 3, point1.Y + (point0.Y - point1.Y) * 2 / 3), point1);
    }

    public void QuadTo(float x0, float y0, float x1, float y1) => QuadTo(new SKPoint(x0, y0), new SKPoint(x1, y1));

    public void CubicTo(SKPoint point0, SKPoint point1, SKPoint point2)
    {
        Begin();
        Add(Verb.Cubic, point0);
        points.Add(point1);
        points.Add(point2);
    }

    public void CubicTo(float x0, float y0, float x1, float y1, float x2, float y2) =>
        CubicTo(new SKPoint(x0, y0), new SKPoint(x1, y1), new SKPoint(x2, y2));

    /// <summary>A piece of an ellipse, joined to the path by a line unless it starts a new part.</summary>
    public void ArcTo(SKRect oval, float startAngle, float sweepAngle, bool forceMoveTo)
    {
        var first = OnOval(oval, startAngle);
        if (forceMoveTo || IsEmpty)
            MoveTo(first);
        else if (SKPoint.DistanceSquared(LastPoint, first) > 1e-12f)
            LineTo(first);

        var pieces = Math.Max(1, (int)MathF.Ceiling(MathF.Abs(sweepAngle) / 90));
        var step = sweepAngle / pieces;
        for (var i = 0; i < pieces; i++)
            ArcPiece(oval, startAngle + i * step, step);
    }

    /// <summary>A circle's arc between the lines to (x1, y1) and on to (x2, y2), which it touches.</summary>
    public void ArcTo(float x1, float y1, float x2, float y2, float radius) => ArcTo(new SKPoint(x1, y1), new SKPoint(x2, y2), radius);

    public void ArcTo(SKPoint point1, SKPoint point2, float radius)
    {
        Begin();
        var back = SKPoint.Normalize(LastPoint - point1);
        var on = SKPoint.Normalize(point2 - point1);
        var cross = back.X * on.Y - back.Y * on.X;
        var cosine = back.X * on.X + back.Y * on.Y;
        if (radius <= 0 || !float.IsFinite(cross) || MathF.Abs(cross) < 1e-6f)
        {
            LineTo(point1);                               // no corner to round
            return;
        }
        var distance = radius * MathF.Sqrt((1 + cosine) / (1 - cosine));        // from the corner to where the arc touches
        SKPoint from = new(point1.X + back.X * distance, point1.Y + back.Y * distance);
        SKPoint to = new(point1.X + on.X * distance, point1.Y + on.Y * distance);
        var turn = MathF.PI - MathF.Acos(Math.Clamp(cosine, -1, 1));
        var pull = distance == 0 ? 0 : 4f / 3 * MathF.Tan(turn / 4) * radius / distance;
        LineTo(from);
        CubicTo(new(from.X + (point1.X - from.X) * pull, from.Y + (point1.Y - from.Y) * pull),
            new(to.X + (point1.X - to.X) * pull, to.Y + (point1.Y - to.Y) * pull), to);
    }

    public void Close()
    {
        ThrowIfDisposed();
        if (verbs.Count > 0 && verbs[^1] != Verb.Close)
            verbs.Add(Verb.Close);
    }

    public void AddRect(SKRect rect, SKPathDirection direction = SKPathDirection.Clockwise)
    {
        SKPoint a = new(rect.Right, rect.Top), b = new(rect.Left, rect.Bottom);
        if (direction == SKPathDirection.CounterClockwise)
            (a, b) = (b, a);
        MoveTo(rect.Left, rect.Top);
        LineTo(a);
        LineTo(rect.Right, rect.Bottom);
        LineTo(b);
        Close();
    }

    public void AddRoundRect(SKRect rect, float rx, float ry, SKPathDirection dir = SKPathDirection.Clockwise)
    {
        (rx, ry) = (Math.Min(rx, rect.Width / 2), Math.Min(ry, rect.Height / 2));
        if (!(rx > 0 && ry > 0))
        {
            AddRect(rect, dir);
            return;
        }
        ReadOnlySpan<SKPoint> corners =
        [
            new(rect.Left, rect.Top), new(rect.Right - 2 * rx, rect.Top),
            new(rect.Right - 2 * rx, rect.Bottom - 2 * ry), new(rect.Left, rect.Bottom - 2 * ry),
        ];
        var clockwise = dir == SKPathDirection.Clockwise;
        for (var i = 0; i < 4; i++)
        {
            var corner = clockwise ? i : 3 - i;
            var oval = SKRect.Create(corners[corner].X, corners[corner].Y, 2 * rx, 2 * ry);
            ArcTo(oval, 180 + 90 * corner + (clockwise ? 0 : 90), clockwise ? 90 : -90, i == 0);
        }
        Close();
    }

    public void AddOval(SKRect rect, SKPathDirection direction = SKPathDirection.Clockwise)
    {
        ArcTo(rect, 0, direction == SKPathDirection.Clockwise ? 360 : -360, true);
        Close();
    }

    public void AddCircle(float x, float y, float radius, SKPathDirection dir = SKPathDirection.Clockwise) =>
        AddOval(new SKRect(x - radius, y - radius, x + radius, y + radius), dir);

    public void AddArc(SKRect oval, float startAngle, float sweepAngle) => ArcTo(oval, startAngle, Math.Clamp(sweepAngle, -360, 360), true);

    public void AddPoly(SKPoint[] points, bool close = true)
    {
        ArgumentNullException.ThrowIfNull(points);
        AddPoly(points.AsSpan(), close);
    }

    public void AddPoly(ReadOnlySpan<SKPoint> points, bool close = true)
    {
        for (var i = 0; i < points.Length; i++)
        {
            if (i == 0)
                MoveTo(points[i]);
            else
                LineTo(points[i]);
        }
        if (close)
            Close();
    }

    public void AddPath(SKPath other)
    {
        ArgumentNullException.ThrowIfNull(other);
        ThrowIfDisposed();
        other.ThrowIfDisposed();
        verbs.AddRange(other.verbs.ToArray());            // by way of an array: a path may be added to itself
        points.AddRange(other.points.ToArray());
        start = other.start;
    }

    public void Offset(float dx, float dy) => Transform(SKMatrix.CreateTranslation(dx, dy));

    public void Offset(SKPoint offset) => Offset(offset.X, offset.Y);

    public void Transform(in SKMatrix matrix)
    {
        ThrowIfDisposed();
        for (var i = 0; i < points.Count; i++)
            points[i] = matrix.MapPoint(points[i]);
        start = matrix.MapPoint(start);
    }

    public void Reset()
    {
        Rewind();
        fillType = SKPathFillType.Winding;
    }

    /// <summary>Empties the path, but keeps its memory for the next one.</summary>
    public void Rewind()
    {
        ThrowIfDisposed();
        verbs.Clear();
        points.Clear();
        start = SKPoint.Empty;
    }

    /// <summary>
    /// Appends the path to the context's own, unless one of its points is not a number or infinite: such a path shows nothing.
    /// </summary>
    internal void Emit(nint context)
    {
        ThrowIfDisposed();
        foreach (var point in points)
        {
            if (!float.IsFinite(point.X + point.Y))
                return;
        }
        var next = 0;
        foreach (var verb in verbs)
        {
            switch (verb)
            {
                case Verb.Move:
                    Cairo.cairo_move_to(context, Limit(points[next].X), Limit(points[next].Y));
                    next++;
                    break;
                case Verb.Line:
                    Cairo.cairo_line_to(context, Limit(points[next].X), Limit(points[next].Y));
                    next++;
                    break;
                case Verb.Cubic:
                    var (a, b, c) = (points[next], points[next + 1], points[next + 2]);
                    Cairo.cairo_curve_to(context, Limit(a.X), Limit(a.Y), Limit(b.X), Limit(b.Y), Limit(c.X), Limit(c.Y));
                    next += 3;
                    break;
                default:
                    Cairo.cairo_close_path(context);
                    break;
            }
        }
    }

    private static double Limit(float coordinate) => Math.Clamp(coordinate, -Furthest, Furthest);

    private static SKPoint OnOval(SKRect oval, float degrees)
    {
        var (sine, cosine) = MathF.SinCos(degrees * MathF.PI / 180);
        return new(oval.MidX + oval.Width / 2 * cosine, oval.MidY + oval.Height / 2 * sine);
    }

    /// <summary>At most a quarter of an ellipse as a cubic curve, right to 0.03 % of the radius.</summary>
    private void ArcPiece(SKRect oval, float startAngle, float sweepAngle)
    {
        var pull = 4f / 3 * MathF.Tan(sweepAngle * MathF.PI / 180 / 4);
        var (sine0, cosine0) = MathF.SinCos(startAngle * MathF.PI / 180);
        var (sine1, cosine1) = MathF.SinCos((startAngle + sweepAngle) * MathF.PI / 180);
        SKPoint from = OnOval(oval, startAngle), to = OnOval(oval, startAngle + sweepAngle);
        var (rx, ry) = (oval.Width / 2, oval.Height / 2);
        SKPoint behind = new(from.X - pull * rx * sine0, from.Y + pull * ry * cosine0);
        SKPoint before = new(to.X + pull * rx * sine1, to.Y - pull * ry * cosine1);
        CubicTo(behind, before, to);
    }

    /// <summary>A line or curve with nothing before it starts at the origin, one behind a closed part where that started.</summary>
    private void Begin()
    {
        ThrowIfDisposed();
        if (verbs.Count == 0)
            MoveTo(0, 0);
        else if (verbs[^1] == Verb.Close)
            MoveTo(start);
    }

    private void Add(Verb verb, SKPoint point)
    {
        ThrowIfDisposed();
        verbs.Add(verb);
        points.Add(point);
    }
}
