using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seg.Models;

/// <summary>Reads COCO's JSON as other tools write it, with messages that say where a file is wrong.</summary>
public static class KeypointJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Converters = { new WholeNumberConverter(), new FlatNumbersConverter() },
    };

    /// <param name="path">The file.</param>
    /// <param name="kind">What it should be, as messages call it.</param>
    /// <exception cref="InputException">The file is missing, empty or not of this form.</exception>
    public static T Read<T>(string path, string kind)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            if (bytes.Length == 0)
                throw new InputException($"'{path}' is empty; {kind} is needed.");
            return JsonSerializer.Deserialize<T>(WithoutMark(bytes), Options) ?? throw new InputException($"'{path}' holds null; {kind} is needed.");
        }
        catch (JsonException error)
        {
            throw new InputException($"'{path}' is not {kind}: {Reason(error)}{Place(error)}.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw UnreadableFile.Fault(path, kind, error);
        }
    }

    /// <summary>Whether the file's outermost value is a list; false for an object, and for what <see cref="Read{T}"/> will refuse.</summary>
    public static bool IsList(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            Span<byte> start = stackalloc byte[64];
            var count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            return start[..count].IndexOf((byte)'[') is var list && list >= 0 && start[..list].IndexOf((byte)'{') < 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static ReadOnlySpan<byte> WithoutMark(byte[] bytes) => bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes.AsSpan(3) : bytes;

    /// <summary>The library's own text, without the place, which it puts behind "Path:".</summary>
    private static string Reason(JsonException error) => error.Message.Split(" Path:")[0].Split(" LineNumber:")[0].TrimEnd('.');

    private static string Place(JsonException error) =>
        (error.Path is { Length: > 0 } path ? $" at {path}" : "") + (error.LineNumber is { } line ? $", line {line + 1}" : "");
}
