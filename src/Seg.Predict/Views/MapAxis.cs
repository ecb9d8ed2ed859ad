namespace Seg.Predict.Views;

/// <summary>Where positions in a window lie in the map of scores that a network gives of it, along one axis.</summary>
/// <param name="window">Length of the window, in pixels.</param>
/// <param name="map">Length of the map.</param>
/// <param name="alignCorners">As bilinear interpolation in the network has it.</param>
internal readonly struct MapAxis(int window, int map, bool alignCorners)
{
    /// <summary>Steps to the second of two neighbours in the map: none where it has one position alone.</summary>
    public int Step => map > 1 ? 1 : 0;

    /// <summary>The first of the two positions in the map between which one in the window lies, and what the second one counts, 0–1.</summary>
    public (int First, float Second) Find(double inside)
    {
        var position = window == map ? inside
            : !alignCorners ? Math.Clamp((inside + 0.5) * map / window - 0.5, 0, map - 1)
            : window == 1 ? 0 : inside * (map - 1) / (window - 1);
        var first = Math.Clamp((int)position, 0, Math.Max(0, map - 2));
        return (first, (float)(position - first));
    }
}
