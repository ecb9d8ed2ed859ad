namespace OpenCvSharp;

/// <summary>The matrix type that holds a .NET value.</summary>
internal static class PixelTypes
{
    private static readonly Dictionary<Type, MatType> Types = new()
    {
        [typeof(byte)] = MatType.CV_8UC1,
        [typeof(sbyte)] = MatType.CV_8SC1,
        [typeof(ushort)] = MatType.CV_16UC1,
        [typeof(short)] = MatType.CV_16SC1,
        [typeof(int)] = MatType.CV_32SC1,
        [typeof(float)] = MatType.CV_32FC1,
        [typeof(double)] = MatType.CV_64FC1,
        [typeof(Vec3b)] = MatType.CV_8UC3,
        [typeof(Vec4b)] = MatType.CV_8UC4,
        [typeof(Vec3f)] = MatType.CV_32FC3,
        [typeof(Vec4i)] = MatType.CV_32SC4,
        [typeof(Point)] = MatType.CV_32SC2,
        [typeof(Point2f)] = MatType.CV_32FC2,
        [typeof(Rect)] = MatType.CV_32SC4,
        [typeof(Scalar)] = MatType.CV_64FC4,
    };

    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is no pixel type.</exception>
    public static MatType Of<T>() => Types.TryGetValue(typeof(T), out var type)
        ? type
        : throw new NotSupportedException($"{typeof(T).Name} is no pixel type; these are: {string.Join(", ", Types.Keys.Select(t => t.Name))}.");
}
