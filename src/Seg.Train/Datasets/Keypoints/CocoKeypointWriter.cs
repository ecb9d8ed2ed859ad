using System.Text.Json;
using Seg.Models;

namespace Seg.Train.Datasets.Keypoints;

/// <summary>Writes who is in which picture in the form of COCO's keypoint annotations (Lin et al., arXiv:1405.0312): one category, the keypoints of a set.</summary>
/// <param name="description">Says in the file what the pictures are.</param>
/// <param name="keypoints">Names of the keypoints, in the order of the people's.</param>
/// <param name="skeleton">Pairs of indices of keypoints, from 0; the file counts from 1.</param>
internal sealed class CocoKeypointWriter(string description, IReadOnlyList<string> keypoints, IReadOnlyList<int[]> skeleton)
{
    /// <summary>The id of the category that people are of.</summary>
    public const int PersonCategory = 1;

    /// <summary>Writes a file like person_keypoints_val2017.json; annotations are numbered from 1.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string path, IReadOnlyList<WrittenPicture> pictures) => AtomicFile.Write(path, stream =>
    {
        using Utf8JsonWriter json = new(stream);
        json.WriteStartObject();
        json.WriteStartObject("info");
        json.WriteString("description", description);
        json.WriteEndObject();
        json.WriteStartArray("images");
        foreach (var picture in pictures)
            WriteImage(json, picture);
        json.WriteEndArray();
        WriteCategory(json);
        json.WriteStartArray("annotations");
        var id = 0;
        foreach (var picture in pictures)
        {
            foreach (var person in picture.People)
                WriteAnnotation(json, ++id, picture.Id, person);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>An array of numbers; hundredths of a pixel are enough.</summary>
    public static void WriteNumbers(Utf8JsonWriter json, params ReadOnlySpan<float> numbers)
    {
        json.WriteStartArray();
        foreach (var number in numbers)
            json.WriteNumberValue(Math.Round((decimal)number, 2));
        json.WriteEndArray();
    }

    private static void WriteImage(Utf8JsonWriter json, WrittenPicture picture)
    {
        json.WriteStartObject();
        json.WriteNumber("id", picture.Id);
        json.WriteString("file_name", picture.FileName);
        json.WriteNumber("width", picture.Width);
        json.WriteNumber("height", picture.Height);
        if (picture.Frame is { } frame)
            json.WriteNumber("frame_id", frame);
        json.WriteEndObject();
    }

    private void WriteCategory(Utf8JsonWriter json)
    {
        json.WriteStartArray("categories");
        json.WriteStartObject();
        json.WriteNumber("id", PersonCategory);
        json.WriteString("name", "person");
        json.WriteString("supercategory", "person");
        json.WriteStartArray("keypoints");
        foreach (var name in keypoints)
            json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteStartArray("skeleton");
        foreach (var limb in skeleton)
            WriteNumbers(json, limb[0] + 1, limb[1] + 1);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteAnnotation(Utf8JsonWriter json, int id, long image, WrittenPerson person)
    {
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteNumber("image_id", image);
        json.WriteNumber("category_id", PersonCategory);
        json.WriteNumber("iscrowd", 0);
        json.WriteNumber("area", Math.Round((decimal)person.Area, 2));
        json.WritePropertyName("bbox");
        WriteNumbers(json, person.Box.X, person.Box.Y, person.Box.Width, person.Box.Height);
        json.WriteNumber("num_keypoints", person.Keypoints.Count(keypoint => keypoint.IsLabelled));
        json.WritePropertyName("keypoints");
        WriteNumbers(json, [.. person.Keypoints.SelectMany(keypoint => (IEnumerable<float>)[keypoint.X, keypoint.Y, keypoint.Visibility])]);
        if (person.Track is { } track)
            json.WriteNumber("track_id", track);
        json.WriteEndObject();
    }
}

/// <summary>A picture and who is in it, to be written.</summary>
/// <param name="FileName">In the folder of its split.</param>
/// <param name="Frame">Number of the frame from 0, for pictures of a video.</param>
internal sealed record WrittenPicture(long Id, string FileName, int Width, int Height, IReadOnlyList<WrittenPerson> People, int? Frame = null);

/// <summary>A person, to be written.</summary>
/// <param name="Keypoints">In pixels of the picture; none of them labelled where nothing but the box is known.</param>
/// <param name="Area">Above 0, in square pixels.</param>
/// <param name="Track">The person's number in all frames of a video, as in PoseTrack.</param>
internal sealed record WrittenPerson(LabelledKeypoint[] Keypoints, PersonBox Box, double Area, int? Track = null);
