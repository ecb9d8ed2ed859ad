using System.Text.Json;
using Seg.Models;
using Seg.Train.Datasets.Keypoints;

namespace Seg.Train.Synthesis.Figures;

/// <summary>Writes what is known of drawn people in the form of COCO's keypoint annotations (Lin et al., arXiv:1405.0312).</summary>
internal static class KeypointFile
{
    /// <summary>Writes a file like person_keypoints_val2017.json. Of a video each annotation has the track_id of its person, as in
    /// PoseTrack.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, SceneSetConfig config, IReadOnlyList<WrittenPicture> pictures) =>
        new CocoKeypointWriter($"People drawn by seg synth, seed {config.Seed}", FigureKeypoints.Names, FigureKeypoints.Skeleton).Write(path, pictures);

    /// <summary>What is written of one picture.</summary>
    /// <param name="id">Of the image.</param>
    /// <param name="fileName">In the folder of its split.</param>
    /// <param name="frame">Number of the frame from 0, for pictures of a video.</param>
    /// <param name="people">In the order of their numbers.</param>
    public static WrittenPicture Picture(SceneSetConfig config, int id, string fileName, int? frame, IReadOnlyList<FigureTruth> people) => new(
        id, fileName, config.Width, config.Height,
        [.. people.Select(person => new WrittenPerson(person.Keypoints, person.Box, person.Area, frame is null ? null : person.Number))], frame);

    /// <summary>Writes a file like COCO's person detections: boxes as a detector finds them, a little beside the true ones, with some that
    /// hold nobody.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void WriteDetections(string path, SceneSetConfig config, IReadOnlyList<WrittenPicture> pictures) =>
        AtomicFile.Write(path, stream =>
    {
        using Utf8JsonWriter json = new(stream);
        json.WriteStartArray();
        foreach (var picture in pictures)
        {
            var random = SceneRandom.Of(config.Seed, (int)picture.Id, int.MaxValue);
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

    private static PersonBox Jittered(SceneRandom random, PersonBox box, SceneSetConfig config)
    {
        var left = Math.Clamp(box.X + random.Around(0, 0.07f) * box.Width, 0, config.Width - 1);
        var top = Math.Clamp(box.Y + random.Around(0, 0.05f) * box.Height, 0, config.Height - 1);
        var right = Math.Clamp(box.Right + random.Around(0, 0.07f) * box.Width, left + 1, config.Width);
        return new(left, top, right - left, Math.Clamp(box.Bottom + random.Around(0, 0.05f) * box.Height, top + 1, config.Height) - top);
    }

    private static void WriteDetection(Utf8JsonWriter json, long image, PersonBox box, float score)
    {
        json.WriteStartObject();
        json.WriteNumber("image_id", image);
        json.WriteNumber("category_id", CocoKeypointWriter.PersonCategory);
        json.WritePropertyName("bbox");
        CocoKeypointWriter.WriteNumbers(json, box.X, box.Y, box.Width, box.Height);
        json.WriteNumber("score", Math.Round(score, 3));
        json.WriteEndObject();
    }
}
