namespace Seg.Predict.Pose;

/// <summary>
/// Writes persons in COCO's results form, which COCO's tools and <c>seg score keypoints</c> read:
/// [{ "image_id", "category_id": 1, "keypoints": [x, y, score, …], "score" }, …]. The image's file stands beside its number where it is
/// known.
/// </summary>
/// <remarks>
/// There is no "bbox", as in the official results: COCO's tools would take its area for the person's instead of the keypoints' extent.
/// </remarks>
public static class CocoResults
{
    private const int Person = 1;

    /// <exception cref="IOException">The file cannot be written; an older one is as it was.</exception>
    public static void Write(string path, IEnumerable<CocoResult> results) => JsonFile.Write(path, json =>
    {
        json.WriteStartArray();
        foreach (var (imageId, person, fileName) in results)
        {
            json.WriteStartObject();
            json.WriteNumber("image_id", imageId);
            if (fileName is not null)
                json.WriteString("file_name", fileName);
            json.WriteNumber("category_id", Person);
            json.WriteStartArray("keypoints");
            foreach (var keypoint in person.Keypoints)
            {
                json.WriteNumberValue(keypoint.X);
                json.WriteNumberValue(keypoint.Y);
                json.WriteNumberValue(keypoint.Score);
            }
            json.WriteEndArray();
            json.WriteNumber("score", person.Score);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }, indented: false);
}
