using System.Numerics;
using SkiaSharp;

namespace Seg.Train.Synthesis;

/// <summary>From the street to the picture: a pinhole camera that looks along the road, which may bend away.</summary>
/// <remarks>
/// The street's coordinates are in metres: x to the right of the road's middle, y up from the road, z along the road. A bend moves what is
/// far to the side by the square of its distance, so that every place of the street keeps its coordinates.
/// </remarks>
internal sealed record Camera
{
    /// <summary>Nothing nearer than this, in metres, is drawn.</summary>
    public const float Near = 0.8f;

    private const float StraightBeyond = 150;

    public required int ImageWidth { get; init; }

    public required int ImageHeight { get; init; }

    /// <summary>Focal length in pixels.</summary>
    public required float Focal { get; init; }

    /// <summary>Where the straight road would vanish, in pixels from the left.</summary>
    public required float VanishingX { get; init; }

    /// <summary>The horizon, in pixels from the top.</summary>
    public required float Horizon { get; init; }

    /// <summary>Height of the camera above the road, in metres.</summary>
    public required float Height { get; init; }

    /// <summary>Place of the camera across the road.</summary>
    public required float X { get; init; }

    /// <summary>Place of the camera along the road.</summary>
    public float Z { get; init; }

    /// <summary>Sideways metres per square metre of distance.</summary>
    public float Bend { get; init; }

    /// <summary>Turn of the picture in degrees.</summary>
    public float Tilt { get; init; }

    public static Camera Create(SceneRandom random, int width, int height, float laneMiddle) => new()
    {
        ImageWidth = width,
        ImageHeight = height,
        Focal = width * random.Range(0.72f, 0.98f),
        VanishingX = width * random.Around(0.5f, 0.14f),
        Horizon = height * random.Around(0.46f, 0.07f),
        Height = random.Range(1.25f, 1.85f),
        X = laneMiddle + random.Around(0, 0.7f),
        Bend = random.Chance(0.45f) ? random.Around(0, 0.0016f) : 0,
        Tilt = random.Around(0, 1.8f),
    };

    public float Depth(float z) => z - Z;

    public SKPoint Project(Vector3 point) => Project(point.X, point.Y, point.Z);

    public SKPoint Project(float x, float y, float z)
    {
        var depth = Math.Max(z - Z, Near);
        var side = x - X + Bend * depth * Math.Min(depth, StraightBeyond);
        return new(VanishingX + Focal * side / depth, Horizon + Focal * (Height - y) / depth);
    }

    /// <summary>Where a projected point comes to lie in the picture, which is turned as a whole.</summary>
    public SKPoint ToPicture(SKPoint point)
    {
        var (sine, cosine) = MathF.SinCos(Tilt * MathF.PI / 180);
        var (x, y) = (point.X - ImageWidth / 2f, point.Y - ImageHeight / 2f);
        return new(ImageWidth / 2f + x * cosine - y * sine, ImageHeight / 2f + x * sine + y * cosine);
    }

    /// <summary>Whether a place lies within the picture.</summary>
    public bool Shows(SKPoint place) => place.X >= 0 && place.Y >= 0 && place.X < ImageWidth && place.Y < ImageHeight;

    /// <summary>Pixels a metre at that distance.</summary>
    public float Scale(float depth) => Focal / depth;

    /// <summary>The polygon's corners in the picture, without what lies behind the camera; none when all of it does.</summary>
    public void Project(ReadOnlySpan<Vector3> polygon, List<SKPoint> into)
    {
        into.Clear();
        for (var i = 0; i < polygon.Length; i++)
        {
            var (from, to) = (polygon[i], polygon[(i + 1) % polygon.Length]);
            float fromDepth = Depth(from.Z) - Near, toDepth = Depth(to.Z) - Near;
            if (fromDepth >= 0)
                into.Add(Project(from));
            if (fromDepth < 0 != toDepth < 0)
                into.Add(Project(Vector3.Lerp(from, to, fromDepth / (fromDepth - toDepth))));
        }
    }
}
