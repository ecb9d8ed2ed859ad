using Seg.Models;
using Seg.Models.Configuration;

namespace Seg.Predict.Drawing;

/// <summary>Colours of a user's own for a model's classes: YAML with a line for each, <c>road: "#804080"</c> or <c>road: [128, 64, 128]</c>.</summary>
public static class ClassColors
{
    /// <summary>The classes in the file's colours; those that it does not name keep the model's.</summary>
    /// <exception cref="InputException">The file is missing or faulty, or names something that is no class.</exception>
    public static LabelSet Apply(string path, LabelSet classes)
    {
        var colors = Read(path);
        if (colors.Keys.FirstOrDefault(name => !classes.Names.Contains(name)) is { } unknown)
            throw new InputException($"'{path}' gives a colour to '{unknown}', which is no class of the model; {NearestName.Suggest(unknown, classes.Names)}");
        return classes with { Colors = [.. classes.Names.Zip(classes.Colors, (name, color) => colors.GetValueOrDefault(name, color))] };
    }

    private static Dictionary<string, Rgb> Read(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw UnreadableFile.Fault(path, "a file of colours", error);
        }
        var colors = ConfigReader.Parse<Dictionary<string, Rgb>>(text, path);
        return colors.Count > 0 ? colors : throw new InputException($"'{path}' names no colours; give each class a line such as  road: \"#804080\".");
    }
}
