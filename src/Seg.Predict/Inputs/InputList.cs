using System.Text;
using Seg.Models;

namespace Seg.Predict.Inputs;

/// <summary>Paths that stand in a file or come from standard input, one a line.</summary>
internal static class InputList
{
    private const char Comment = '#';

    /// <summary>
    /// Reads a list from a file: a path, folder, pattern or address a line; empty lines and those that begin with # are left out.
    /// </summary>
    /// <exception cref="InputException">The file is missing, cannot be read, is no text, or names nothing.</exception>
    public static IReadOnlyList<ListEntry> ReadFile(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"There is no list '{path}'; '@{path}' names the file that holds it.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw UnreadableFile.Fault(path, "a list", error);
        }
        return Parse(bytes, path);
    }

    /// <summary>The same of a text that was read. Paths may also have a NUL between them, as <c>find -print0</c> writes them.</summary>
    /// <param name="bytes">UTF-8.</param>
    /// <param name="source">What messages call it.</param>
    /// <inheritdoc cref="ReadFile"/>
    public static IReadOnlyList<ListEntry> Parse(ReadOnlySpan<byte> bytes, string source)
    {
        string text;
        try
        {
            text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException error)
        {
            throw new InputException($"'{source}' is no list of paths: it is not a text in UTF-8.", error);
        }
        var hasNul = text.Contains('\0');
        var entries = text.Split(hasNul ? '\0' : '\n')
            .Select((line, index) => new ListEntry(hasNul ? line : line.Trim(' ', '\t', '\r'), source, index + 1))
            .Where(entry => entry.Text.Length > 0 && (hasNul || entry.Text[0] != Comment)).ToList();
        return entries.Count > 0 ? entries : throw new InputException($"'{source}' names no path; it needs one a line.");
    }
}
