using System.Text.Json;
using Seg.Models;
using Seg.Predict.Imaging;
using Seg.Predict.Jobs;

namespace Seg.Predict.Outputs;

/// <summary>
/// polygons.json: a COCO data set of all images: categories, annotations (one for each connected region: image_id, category_id,
/// segmentation as one outline along the pixels' edges, bbox, area) and images.
/// </summary>
internal sealed class CocoPolygonOutput(LabelSet classes, ImageIds images) : SegmentationOutput
{
    private readonly List<(long Id, string Name, int Width, int Height)> written = [];
    private JsonListFile? file;
    private long annotations;

    public override void Write(SourceImage image, LabelMap map, ResultFiles files)
    {
        if (file is null)
        {
            file = new JsonListFile(files.PathFor(CocoFiles.Polygons));
            file.Add(Begin);
        }
        var id = images.Of(image.Input)!.Value;
        var counts = map.Count();
        for (var classId = 0; classId < classes.Count; classId++)
        {
            if (counts[classId] == 0 || classId == classes.IgnoreIndex)
                continue;
            foreach (var region in RegionOutlines.Of(map, (byte)classId))
                file.Add(json => WriteRegion(json, id, CocoFiles.CategoryOf(classId), region));
        }
        written.Add((id, CocoFiles.FileNameOf(image.Input), map.Width, map.Height));
    }

    public override void Finish(ResultFiles files)
    {
        if (file is null)
            return;
        file.Add(End);
        file.Commit();
        files.Next(CocoFiles.Polygons);
    }

    public override void Dispose() => file?.Dispose();

    private void Begin(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("categories");
        for (var id = 0; id < classes.Count; id++)
        {
            json.WriteStartObject();
            json.WriteNumber("id", CocoFiles.CategoryOf(id));
            json.WriteString("name", classes.Names[id]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("annotations");
    }

    private void WriteRegion(Utf8JsonWriter json, long image, int category, OutlinedRegion region)
    {
        json.WriteStartObject();
        json.WriteNumber("id", ++annotations);
        json.WriteNumber("image_id", image);
        json.WriteNumber("category_id", category);
        json.WriteNumber("iscrowd", 0);
        json.WriteNumber("area", region.Pixels);
        WriteNumbers("bbox", [region.Box.X, region.Box.Y, region.Box.Width, region.Box.Height]);
        json.WriteStartArray("segmentation");
        WriteNumbers(null, region.Outline);
        json.WriteEndArray();
        json.WriteEndObject();

        void WriteNumbers(string? name, ReadOnlySpan<int> numbers)
        {
            if (name is not null)
                json.WritePropertyName(name);
            json.WriteStartArray();
            foreach (var number in numbers)
                json.WriteNumberValue(number);
            json.WriteEndArray();
        }
    }

    /// <summary>Images come last, as only now all sizes are known.</summary>
    private void End(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteStartArray("images");
        foreach (var (id, name, width, height) in written)
        {
            json.WriteStartObject();
            json.WriteNumber("id", id);
            json.WriteString("file_name", name);
            json.WriteNumber("width", width);
            json.WriteNumber("height", height);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
