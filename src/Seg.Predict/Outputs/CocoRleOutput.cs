using Seg.Models;
using Seg.Predict.Imaging;
using Seg.Predict.Jobs;

namespace Seg.Predict.Outputs;

/// <summary>
/// segments.json: all images in the results form of COCO-Stuff, one entry for each class of an image: image_id, category_id, segmentation
/// as compressed run lengths; and file_name and category beside them, which the tools ignore.
/// </summary>
internal sealed class CocoRleOutput(LabelSet classes, ImageIds images) : SegmentationOutput
{
    private JsonListFile? file;

    public override void Write(SourceImage image, LabelMap map, ResultFiles files)
    {
        if (file is null)
        {
            file = new JsonListFile(files.PathFor(CocoFiles.Segments));
            file.Add(json => json.WriteStartArray());
        }
        var regions = RunLengths.OfClasses(map, classes.Count);
        file.Add(json =>
        {
            for (var id = 0; id < regions.Length; id++)
            {
                if (regions[id] is not { } region || id == classes.IgnoreIndex)
                    continue;
                json.WriteStartObject();
                json.WriteNumber("image_id", images.Of(image.Input)!.Value);
                json.WriteString("file_name", CocoFiles.FileNameOf(image.Input));
                json.WriteNumber("category_id", CocoFiles.CategoryOf(id));
                json.WriteString("category", classes.Names[id]);
                json.WriteStartObject("segmentation");
                json.WriteStartArray("size");
                json.WriteNumberValue(region.Height);
                json.WriteNumberValue(region.Width);
                json.WriteEndArray();
                json.WriteString("counts", RunLengths.Encode(region.Counts));
                json.WriteEndObject();
                json.WriteEndObject();
            }
        });
    }

    public override void Finish(ResultFiles files)
    {
        if (file is null)
            return;
        file.Add(json => json.WriteEndArray());
        file.Commit();
        files.Next(CocoFiles.Segments);
    }

    public override void Dispose() => file?.Dispose();
}
