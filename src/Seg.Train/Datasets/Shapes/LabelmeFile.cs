using System.Text.Json;
using Seg.Models;

namespace Seg.Train.Datasets;

/// <summary>One image's shapes, as labelme writes them.</summary>
/// <param name="Width">Of the image that was drawn on; null where the file does not say.</param>
/// <param name="Height">As <paramref name="Width"/>.</param>
internal sealed record LabelmeFile(int? Width, int? Height, IReadOnlyList<DrawnShape> Shapes)
{
    /// <summary>Corners of the polygon that stands for a circle: its area is within 0.02 % of the circle's.</summary>
    private const int CircleCorners = 180;

    /// <exception cref="InputException">The file is unreadable, or is no labelme file.</exception>
    public static LabelmeFile Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            return new LabelmeFile(
                Number(root, "imageWidth"), Number(root, "imageHeight"), [.. root.GetProperty("shapes").EnumerateArray().Select(Shape)]);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InputException($"'{path}' is not the JSON that labelme writes: {error.Message.TrimEnd('.')}.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw UnreadableFile.Fault(path, "a JSON file of labelme's", error);
        }
    }

    private static int? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;

    private static DrawnShape Shape(JsonElement shape)
    {
        var points = shape.GetProperty("points").EnumerateArray().SelectMany(Point).ToArray();
        var type = shape.TryGetProperty("shape_type", out var name) ? name.GetString() : "polygon";
        var ring = type switch
        {
            "rectangle" when points is [var left, var top, var right, var bottom] => [left, top, right, top, right, bottom, left, bottom],
            "circle" when points is [var x, var y, var edgeX, var edgeY] => Circle(x, y, double.Hypot(edgeX - x, edgeY - y)),
            "line" or "linestrip" or "point" or "points" => [],
            _ => points,
        };
        return new DrawnShape(shape.GetProperty("label").GetString() ?? "", [ring]);
    }

    private static double[] Point(JsonElement point)
    {
        if (point.GetArrayLength() < 2)
            throw new JsonException($"a point is {point.GetRawText()}, not [x, y]");
        return [point[0].GetDouble(), point[1].GetDouble()];
    }

    private static double[] Circle(double x, double y, double radius) =>
    [
        .. Enumerable.Range(0, CircleCorners).SelectMany(corner =>
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * corner / CircleCorners);
            return new[] { x + radius * cos, y + radius * sin };
        }),
    ];
}
