using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Seg.Predict.Review;

/// <summary>
/// The JSON of a review. Everything but plain ASCII letters is written as \u escapes, angle brackets and quotes as well: as a script it
/// can mean nothing but itself.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReviewManifest))]
[JsonSerializable(typeof(ReviewRecord))]
[JsonSerializable(typeof(ReviewRecord.ReviewPerson[]))]
internal sealed partial class ReviewJson : JsonSerializerContext
{
    /// <summary>Reads a file; null where it is missing or holds something else.</summary>
    public static T? TryRead<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), type);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
