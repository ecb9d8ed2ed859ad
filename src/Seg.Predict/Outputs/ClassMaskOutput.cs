using Seg.Models;
using Seg.Predict.Imaging;
using Seg.Predict.Jobs;

namespace Seg.Predict.Outputs;

/// <summary>NAME_classes/CLASS.png: for each class that occurs a mask of its pixels, 255, and all others, 0.</summary>
internal sealed class ClassMaskOutput(LabelSet classes) : SegmentationOutput
{
    private readonly string[] names = FileNames(classes.Names);

    public override void Write(SourceImage image, LabelMap map, ResultFiles files)
    {
        var counts = map.Count();
        var ending = PredictionOutputNames.EndingOf(PredictionOutputs.Classes);
        var pixels = new byte[map.Labels.Length];
        for (var id = 0; id < classes.Count; id++)
        {
            if (counts[id] == 0 || id == classes.IgnoreIndex)
            {
                // That of an earlier run would say that the class is there.
                File.Delete(files.PathFor(image.Input, $"{ending}/{names[id]}.png"));
                continue;
            }
            for (var index = 0; index < pixels.Length; index++)
                pixels[index] = map.Labels[index] == id ? byte.MaxValue : (byte)0;
            LabelPng.Write(files.Next(image.Input, $"{ending}/{names[id]}.png"), new LabelMap(map.Width, map.Height, pixels));
        }
    }

    /// <summary>
    /// The classes' names without what file names cannot have on some system; those that would be the same, also to who ignores case, get
    /// their ids.
    /// </summary>
    public static string[] FileNames(IReadOnlyList<string> classes)
    {
        string[] plain = [.. classes.Select(Plain)];
        var counts = plain.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.Count(), StringComparer.OrdinalIgnoreCase);
        return [.. plain.Select((name, id) => counts[name] == 1 && name.Length > 0 ? name : $"{name}_{id}")];
    }

    private static string Plain(string name) =>
        string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_' ? letter : '_')).Trim();
}
