namespace Seg.Models.Configuration;

/// <summary>Reads a configuration file with those that it extends, and merges overrides on top.</summary>
internal static class ConfigLoader
{
    private const string ExtendsKey = "extends";

    /// <summary>Keys that say of which kind a map is. Where two merged maps are of different kinds, the later one stands alone.</summary>
    private static readonly string[] KindKeys = ["name", "type"];

    public static MapNode Load(string path, IReadOnlyList<string> overrides)
    {
        var file = LoadFile(path, extendedFrom: []);
        // All overrides first among themselves: of "a.x=1" and "a.name=other", neither may undo the other, whatever their order.
        MapNode? changes = null;
        foreach (var text in overrides)
        {
            var change = ParseOverride(text);
            changes = changes is null ? change : Merge(changes, change, replaceOtherKinds: false);
        }
        return changes is null ? file : Merge(file, changes, replaceOtherKinds: true, isRoot: true);
    }

    private static MapNode LoadFile(string path, IReadOnlyList<string> extendedFrom)
    {
        var root = YamlParser.Parse(ReadText(path), path) switch
        {
            MapNode map => map,
            ScalarNode { IsNull: true } empty => new MapNode([], empty.Place),
            var other => throw new ConfigException(other.Place, "", "a configuration is a map of keys to values"),
        };
        if (root.Find(ExtendsKey) is not { } extends)
            return root;

        var chain = extendedFrom.Append(Path.GetFullPath(path)).ToArray();
        MapNode? merged = null;
        foreach (var item in extends.Value is ListNode list ? list.Items : [extends.Value])
        {
            if (item is not ScalarNode { IsNull: false } name)
                throw new ConfigException(item.Place, ExtendsKey, "'extends' takes the path of a file, or a list of them");
            var parentPath = Path.Combine(Path.GetDirectoryName(path) ?? "", name.Text);
            var fullPath = Path.GetFullPath(parentPath);
            if (!File.Exists(parentPath))
                throw new ConfigException(name.Place, ExtendsKey, $"'extends' names {name.Text}, but there is no {fullPath}");
            if (chain.Contains(fullPath))
            {
                var circle = string.Join(" → ", chain.Append(fullPath).Select(Path.GetFileName));
                throw new ConfigException(name.Place, ExtendsKey, $"'extends' goes in a circle: {circle}");
            }
            var parent = LoadFile(parentPath, chain);
            merged = merged is null ? parent : Merge(merged, parent, replaceOtherKinds: true, isRoot: true);
        }
        var own = root with { Entries = [.. root.Entries.Where(entry => entry != extends)] };
        return merged is null ? own : Merge(merged, own, replaceOtherKinds: true, isRoot: true);
    }

    /// <summary>The later map's values over the earlier one's: maps merge, key by key; all else is replaced.</summary>
    private static MapNode Merge(MapNode earlier, MapNode later, bool replaceOtherKinds, bool isRoot = false)
    {
        if (replaceOtherKinds && !isRoot && KindKeys.Any(key => AreOtherKinds(earlier.Find(key)?.Value, later.Find(key)?.Value)))
            return later;
        var entries = earlier.Entries.ToList();
        foreach (var entry in later.Entries)
        {
            var index = entries.FindIndex(candidate => candidate.Key == entry.Key);
            if (index < 0)
                entries.Add(entry);
            else if (entries[index].Value is MapNode below && entry.Value is MapNode above)
                entries[index] = entry with { Value = Merge(below, above, replaceOtherKinds) };
            else
                entries[index] = entry;
        }
        return new(entries, later.Place);
    }

    private static bool AreOtherKinds(ConfigNode? earlier, ConfigNode? later) =>
        earlier is ScalarNode before && later is ScalarNode after && before.Text != after.Text;

    private static MapNode ParseOverride(string text)
    {
        var place = new ConfigPlace($"--set {text}", 0, 0);
        var equals = text.IndexOf('=');
        var keys = equals < 0 ? [] : text[..equals].Split('.', StringSplitOptions.TrimEntries);
        if (keys.Length == 0 || keys.Contains(""))
            throw new ConfigException(place, "", "an override is written key=value, with dots between keys: model.num_classes=11");
        var value = text[(equals + 1)..];
        var node = value.Length == 0 ? new ScalarNode("", Plain: true, place) : YamlParser.Parse(value, place.Source, hasLines: false);
        foreach (var key in keys.Reverse())
            node = new MapNode([new(key, place, node)], place);
        return (MapNode)node;
    }

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw UnreadableFile.Fault(path, "a configuration", exception);
        }
    }
}
