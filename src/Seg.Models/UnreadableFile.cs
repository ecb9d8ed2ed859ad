namespace Seg.Models;

/// <summary>Says in a line why a file that the user named cannot be read.</summary>
public static class UnreadableFile
{
    /// <param name="path">The file.</param>
    /// <param name="kind">What it should be, as messages call it: "an .npy file".</param>
    /// <param name="error">What opening or reading it threw.</param>
    public static InputException Fault(string path, string kind, Exception error) => new(Message(path, kind, error), error);

    /// <inheritdoc cref="Fault"/>
    public static string Message(string path, string kind, Exception error) =>
        error is FileNotFoundException or DirectoryNotFoundException ? $"There is no file '{path}'."
        : Directory.Exists(path) ? $"'{path}' is a folder, not {kind}."
        : $"Cannot read '{path}': {error.Message}";
}
