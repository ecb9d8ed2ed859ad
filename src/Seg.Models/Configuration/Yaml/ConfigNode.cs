namespace Seg.Models.Configuration;

/// <summary>
/// A piece of configuration as it was written, with its place; files are merged at this level, so that every piece keeps its own.
/// </summary>
internal abstract record ConfigNode(ConfigPlace Place);

/// <summary>A single value.</summary>
/// <param name="Text">The value without quotes.</param>
/// <param name="Plain">Whether it stood without quotes: only then can it mean nothing at all (null, ~).</param>
internal sealed record ScalarNode(string Text, bool Plain, ConfigPlace Place) : ConfigNode(Place)
{
    public bool IsNull => Plain && Text is "" or "~" or "null";
}

/// <summary>A list of values.</summary>
internal sealed record ListNode(IReadOnlyList<ConfigNode> Items, ConfigPlace Place) : ConfigNode(Place);

/// <summary>Keys and their values, in the order in which they were written.</summary>
internal sealed record MapNode(IReadOnlyList<MapEntry> Entries, ConfigPlace Place) : ConfigNode(Place)
{
    public MapEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);
}

/// <summary>A key, where it stands, and its value.</summary>
internal sealed record MapEntry(string Key, ConfigPlace Place, ConfigNode Value);
