using System.Text.Json;
using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Video;

namespace Seg.Predict.Jobs;

/// <summary>
/// The JSON that a prediction of poses leaves: <c>image</c>, <c>image_id</c>, <c>width</c>, <c>height</c>, <c>keypoint_names</c>, and
/// <c>persons</c>, the best first, each with <c>score</c>, <c>box</c> (x, y, width, height) and <c>keypoints</c> (x, y, score of each), all
/// in pixels of the image. Of a video: <c>video</c>, <c>frames</c>, <c>frame_rate</c> and the persons of each frame,
/// <c>persons_by_frame</c>, with <c>track_id</c> where they were tracked.
/// </summary>
internal static class PoseReport
{
    /// <param name="imageId">null: none is written.</param>
    public static void Write(
        string path, string source, long? imageId, Size size, Person[] persons, KeypointSet keypoints) => JsonFile.Write(path, json =>
    {
        json.WriteStartObject();
        json.WriteString("image", source);
        if (imageId is { } id)
            json.WriteNumber("image_id", id);
        WriteSize(json, size.Width, size.Height);
        WriteNames(json, keypoints);
        json.WritePropertyName("persons");
        WritePersons(json, persons);
        json.WriteEndObject();
    });

    public static void Write(
        string path, string source, VideoResult video, IEnumerable<Person[]> frames, KeypointSet keypoints) => JsonFile.Write(path, json =>
    {
        json.WriteStartObject();
        json.WriteString("video", source);
        json.WriteNumber("frames", video.Frames);
        json.WriteNumber("frame_rate", video.FrameRate);
        WriteSize(json, video.Width, video.Height);
        WriteNames(json, keypoints);
        json.WriteStartArray("persons_by_frame");
        foreach (var persons in frames)
            WritePersons(json, persons);
        json.WriteEndArray();
        json.WriteEndObject();
    }, indented: false);

    private static void WriteSize(Utf8JsonWriter json, int width, int height)
    {
        json.WriteNumber("width", width);
        json.WriteNumber("height", height);
    }

    private static void WriteNames(Utf8JsonWriter json, KeypointSet keypoints)
    {
        json.WriteStartArray("keypoint_names");
        Array.ForEach(keypoints.Names, json.WriteStringValue);
        json.WriteEndArray();
    }

    private static void WritePersons(Utf8JsonWriter json, Person[] persons)
    {
        json.WriteStartArray();
        foreach (var person in persons)
        {
            json.WriteStartObject();
            if (person.TrackId is { } track)
                json.WriteNumber("track_id", track);
            json.WriteNumber("score", person.Score);
            json.WritePropertyName("box");
            WriteNumbers(json, person.Box.X, person.Box.Y, person.Box.Width, person.Box.Height);
            json.WriteStartArray("keypoints");
            foreach (var keypoint in person.Keypoints)
                WriteNumbers(json, keypoint.X, keypoint.Y, keypoint.Score);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, params ReadOnlySpan<float> numbers)
    {
        json.WriteStartArray();
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
