using System.Text.Json;
using Seg.Models;
using Seg.Predict.Video;

namespace Seg.Predict.Jobs;

/// <summary>
/// The JSON that a prediction leaves: <c>image</c> (or <c>video</c>, <c>frames</c>, <c>frame_rate</c>), <c>width</c>, <c>height</c>, and
/// <c>classes</c>, those that occur, the largest first, each with <c>id</c>, <c>name</c>, <c>color</c> (R, G, B), <c>share</c> (0–1) and, of an
/// image, <c>pixels</c>.
/// </summary>
internal static class ShareReport
{
    public static void Write(string path, string source, LabelMap map, LabelSet classes) => Write(path, json =>
    {
        json.WriteString("image", source);
        json.WriteNumber("width", map.Width);
        json.WriteNumber("height", map.Height);
        WriteClasses(json, ClassShare.Of(map, classes));
    });

    public static void Write(
        string path, string source, VideoResult video, IReadOnlyList<double> meanShares, LabelSet classes) => Write(path, json =>
    {
        json.WriteString("video", source);
        json.WriteNumber("frames", video.Frames);
        json.WriteNumber("frame_rate", video.FrameRate);
        json.WriteNumber("width", video.Width);
        json.WriteNumber("height", video.Height);
        WriteClasses(json, meanShares
            .Select((share, id) => new ClassShare(id, classes.Names[id], classes.Colors[id], Pixels: 0, share))
            .Where(share => share.Share > 0).OrderByDescending(share => share.Share));
    });

    private static void Write(string path, Action<Utf8JsonWriter> content) => JsonFile.Write(path, json =>
    {
        json.WriteStartObject();
        content(json);
        json.WriteEndObject();
    });

    private static void WriteClasses(Utf8JsonWriter json, IEnumerable<ClassShare> shares)
    {
        json.WriteStartArray("classes");
        foreach (var share in shares)
        {
            json.WriteStartObject();
            json.WriteNumber("id", share.Id);
            json.WriteString("name", share.Name);
            json.WriteStartArray("color");
            foreach (var part in (ReadOnlySpan<byte>)[share.Color.R, share.Color.G, share.Color.B])
                json.WriteNumberValue(part);
            json.WriteEndArray();
            if (share.Pixels > 0)
                json.WriteNumber("pixels", share.Pixels);
            json.WriteNumber("share", Math.Round(share.Share, 6));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
