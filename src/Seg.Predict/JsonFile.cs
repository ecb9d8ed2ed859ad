using System.Text.Encodings.Web;
using System.Text.Json;
using Seg.Models;

namespace Seg.Predict;

/// <summary>Writes JSON files, whole or not at all.</summary>
internal static class JsonFile
{
    /// <param name="content">Writes one value.</param>
    /// <param name="indented">For people to read; off for long lists of numbers.</param>
    /// <exception cref="IOException">The file cannot be written; an older file is as it was.</exception>
    public static void Write(string path, Action<Utf8JsonWriter> content, bool indented = true) => AtomicFile.Write(path, stream =>
    {
        JsonWriterOptions layout = new() { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using Utf8JsonWriter json = new(stream, layout);
        content(json);
    });
}
