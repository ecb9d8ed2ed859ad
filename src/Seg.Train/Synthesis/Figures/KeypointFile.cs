using System.Text.Json;
using Seg.Models;

namespace Seg.Train.Synthesis.Figures;

/// <summary>Writes what is known of drawn people in the form of COCO's keypoint annotations (Lin et al., arXiv:1405.0312).</summary>
internal static class KeypointFile
{
    private const int PersonCategory = 1;

    /// <summary>One picture and who is in it.</summary>
    /// <param name="Id">Of the image.</param>
    /// <param name="FileName">In the folder of its split.</param>
    /// <param name="Frame">Number of the frame from 0, for pictures of a video.</param>
    /// <param name="People">In the order of their numbers.</param>
    public sealed record Picture(int Id, string FileName, int? Frame, IReadOnlyList<FigureTruth> People);

    /// <summary>Writes a file like person_keypoints_val2017.json. Of a video each annotation has the track_id of its person, as in
    /// PoseTrack.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, SceneSetConfig config, IReadOnlyList<Picture> pictures) => AtomicFile.Write(path, stream =>
    {
        using Utf8JsonWriter json = new(stream);
        json.WriteStartObject();
        json.WriteStartObject("info");
        json.WriteString("description", $"People drawn by seg synth, seed {config.Seed}");
        json.WriteEndObject();
        json.WriteStartArray("images");
        foreach (var picture in pictures)
        {
            json.WriteStartObject();
            json.WriteNumber("id", picture.Id);
            json.WriteString("file_name", picture.FileName);
            json.WriteNumber("width", config.Width);
            json.WriteNumber("height", config.Height);
            if (picture.Frame is { } frame)
                json.WriteNumber("frame_id", frame);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteCategory(json);
        json.WriteStartArray("annotations");
        var id = 0;
        foreach (var picture in pictures)
        {
            foreach (var person in picture.People)
                WriteAnnotation(json, ++id, picture, person);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Writes a file like COCO's person detections: boxes as a detector finds them, a little beside the true ones, with some that
    /// hold nobody.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void WriteDetections(string path, SceneSetConfig config, IReadOnlyList<Picture> pictures) =>
        AtomicFile.Write(path, stream =>
    {
        using Utf8JsonWriter json = new(stream);
        json.WriteStartArray();
        foreach (var picture in pictures)
        {
            var random = SceneRandom.Of(config.Seed, picture.Id, int.MaxValue);
            foreach (var person in picture.People)
                WriteDetection(json, picture.Id, Jittered(random, person.Box, config), random.Range(0.6f, 1));
            if (random.Chance(0.3f))
            {
                var (width, height) = (random.Range(0.08f, 0.3f) * config.Width, random.Range(0.2f, 0.6f) * config.Height);
                PersonBox nobody = new(random.Unit() * (config.Width - width), random.Unit() * (config.Height - height), width, height);
                WriteDetection(json, picture.Id, nobody, random.Range(0.05f, 0.35f));
            }
        }
        json.WriteEndArray();
    });

    private static void WriteCategory(Utf8JsonWriter json)
    {
        json.WriteStartArray("categories");
        json.WriteStartObject();
        json.WriteNumber("id", PersonCategory);
        json.WriteString("name", "person");
        json.WriteString("supercategory", "person");
        json.WriteStartArray("keypoints");
        foreach (var name in FigureKeypoints.Names)
            json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteStartArray("skeleton");
        foreach (var limb in FigureKeypoints.Skeleton)
            WriteNumbers(json, limb[0], limb[1]);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteAnnotation(Utf8JsonWriter json, int id, Picture picture, FigureTruth person)
    {
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteNumber("image_id", picture.Id);
        json.WriteNumber("category_id", PersonCategory);
        json.WriteNumber("iscrowd", 0);
        json.WriteNumber("area", person.Area);
        json.WritePropertyName("bbox");
        WriteNumbers(json, person.Box.X, person.Box.Y, person.Box.Width, person.Box.Height);
        json.WriteNumber("num_keypoints", person.LabelledCount);
        json.WritePropertyName("keypoints");
        WriteNumbers(json, [.. person.Keypoints.SelectMany(keypoint => (IEnumerable<float>)[keypoint.X, keypoint.Y, keypoint.Visibility])]);
        if (picture.Frame is not null)
            json.WriteNumber("track_id", person.Number);
        json.WriteEndObject();
    }

    private static PersonBox Jittered(SceneRandom random, PersonBox box, SceneSetConfig config)
    {
        var left = Math.Clamp(box.X + random.Around(0, 0.07f) * box.Width, 0, config.Width - 1);
        var top = Math.Clamp(box.Y + random.Around(0, 0.05f) * box.Height, 0, config.Height - 1);
        var right = Math.Clamp(box.Right + random.Around(0, 0.07f) * box.Width, left + 1, config.Width);
        return new(left, top, right - left, Math.Clamp(box.Bottom + random.Around(0, 0.05f) * box.Height, top + 1, config.Height) - top);
    }

    private static void WriteDetection(Utf8JsonWriter json, int image, PersonBox box, float score)
    {
        json.WriteStartObject();
        json.WriteNumber("image_id", image);
        json.WriteNumber("category_id", PersonCategory);
        json.WritePropertyName("bbox");
        WriteNumbers(json, box.X, box.Y, box.Width, box.Height);
        json.WriteNumber("score", Math.Round(score, 3));
        json.WriteEndObject();
    }

    /// <summary>Hundredths of a pixel are enough.</summary>
    private static void WriteNumbers(Utf8JsonWriter json, params ReadOnlySpan<float> numbers)
    {
        json.WriteStartArray();
        foreach (var number in numbers)
            json.WriteNumberValue(Math.Round((decimal)number, 2));
        json.WriteEndArray();
    }
}
