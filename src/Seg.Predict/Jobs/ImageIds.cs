using System.Globalization;
using System.Text.RegularExpressions;
using Seg.Models;
using Seg.Predict.Inputs;
using Seg.Predict.Pose;

namespace Seg.Predict.Jobs;

/// <summary>COCO's number of each input image.</summary>
internal sealed partial class ImageIds
{
    private const string EndsOfNames = "the numbers at the ends of the file names";

    private readonly IReadOnlyDictionary<InputItem, long> ids;

    private ImageIds(IReadOnlyDictionary<InputItem, long> ids, string source) => (this.ids, Source) = (ids, source);

    /// <summary>Where the numbers are from, as the end of a sentence.</summary>
    public string Source { get; }

    public IEnumerable<long> All => ids.Values;

    /// <summary>null where the boxes' file does not know the image.</summary>
    public long? Of(InputItem input) => ids.TryGetValue(input, out var id) ? id : null;

    /// <summary>The numbers at the ends of the file names where each has one of its own, else counted from 1.</summary>
    public static ImageIds ByName(IReadOnlyList<InputItem> images)
    {
        var numbers = images.Select(NumberOf).ToList();
        if (numbers.All(number => number is not null) && numbers.Distinct().Count() == images.Count)
            return new(images.Zip(numbers).ToDictionary(pair => pair.First, pair => pair.Second!.Value), EndsOfNames);
        return new(images.Index().ToDictionary(pair => pair.Item, pair => pair.Index + 1L), "counted from 1, in the order of the inputs");
    }

    /// <summary>
    /// As a file of boxes has them: by its images' file names, or where it has none by the numbers at the ends of the inputs' names.
    /// </summary>
    /// <exception cref="InputException">Two inputs are the same image.</exception>
    public static ImageIds Of(IReadOnlyList<InputItem> images, DetectionFile boxes)
    {
        Func<InputItem, long?> find = boxes.FileNames.Count > 0 ? new NameIndex(boxes.FileNames).Find : NumberOf;
        Dictionary<InputItem, long> ids = [];
        Dictionary<long, InputItem> owners = [];
        foreach (var image in images)
        {
            if (find(image) is not { } id)
                continue;
            if (!owners.TryAdd(id, image))
            {
                throw new InputException(
                    $"'{owners[id].Path}' and '{image.Path}' are both image {id} of '{boxes.Path}'; predict them apart from each other.");
            }
            ids.Add(image, id);
        }
        return new(ids, boxes.FileNames.Count > 0 ? $"those of '{boxes.Path}'" : EndsOfNames);
    }

    private static long? NumberOf(InputItem input)
    {
        var match = Number().Match(Path.GetFileNameWithoutExtension(input.Path));
        return long.TryParse(match.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    [GeneratedRegex("[0-9]{1,18}$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    /// <summary>Finds images by their files' names, of which a data set may know only the end.</summary>
    private sealed class NameIndex(IReadOnlyDictionary<long, string> fileNames)
    {
        private readonly ILookup<string, (long Id, string Name)> byFile =
            fileNames.Select(entry => (entry.Key, Name: entry.Value.Replace('\\', '/'))).ToLookup(entry => Path.GetFileName(entry.Name));

        /// <summary>The image whose name the path ends with, of several the longest; else the only one whose file is called so.</summary>
        public long? Find(InputItem input)
        {
            var path = Path.GetFullPath(input.Path).Replace('\\', '/');
            var candidates = byFile[Path.GetFileName(path)].ToList();
            var ends = candidates.Where(candidate => path.EndsWith('/' + candidate.Name.TrimStart('/'), StringComparison.Ordinal)).ToList();
            if (ends.Count > 0)
                return ends.MaxBy(candidate => candidate.Name.Length).Id;
            return candidates.Count == 1 ? candidates[0].Id : null;
        }
    }
}
