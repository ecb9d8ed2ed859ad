using System.Text.RegularExpressions;
using Seg.Models;

namespace Seg.Train.Datasets;

/// <summary>A text file of classes: one a line, its name and, if wanted, its colour as three numbers 0–255.</summary>
public static partial class ClassList
{
    /// <exception cref="InputException">
    /// The file is missing or unreadable, names a class twice or none, or has a colour out of range.
    /// </exception>
    public static LabelSet Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw UnreadableFile.Fault(path, "a class list", error);
        }

        List<string> names = [];
        List<Rgb> colors = [];
        for (var number = 1; number <= lines.Length; number++)
        {
            var line = lines[number - 1].Trim();
            if (line.Length == 0 || line.StartsWith('#'))
                continue;
            var match = NameAndColor().Match(line);
            var name = match.Success ? match.Groups["name"].Value : line;
            if (names.Contains(name))
                throw new InputException($"{path}:{number}: the class '{name}' is named twice; each class needs a name of its own.");
            names.Add(name);
            colors.Add(match.Success ? new Rgb(Part("r"), Part("g"), Part("b")) : ClassPalette.Color(names.Count - 1));

            byte Part(string channel) => byte.TryParse(match.Groups[channel].Value, out var part)
                ? part
                : throw new InputException($"{path}:{number}: a colour is three numbers of 0 to 255, not '{match.Groups[channel].Value}'.");
        }
        if (names.Count is 0 or > 255)
            throw new InputException($"The class list '{path}' names {names.Count} classes; there must be 1 to 255, one a line.");
        return new LabelSet { Names = [.. names], Colors = [.. colors] };
    }

    [GeneratedRegex(@"^(?<name>.*?\S)[\s,:]+(?<r>\d+)[\s,]+(?<g>\d+)[\s,]+(?<b>\d+)$")]
    private static partial Regex NameAndColor();
}
