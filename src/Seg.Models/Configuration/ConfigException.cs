namespace Seg.Models.Configuration;

/// <summary>A fault in a configuration, with the place where it stands.</summary>
public sealed class ConfigException : InputException
{
    /// <param name="place">Where the fault is.</param>
    /// <param name="key">The key concerned, with those around it: model.backbone.width. Empty for the whole file.</param>
    /// <param name="problem">The fault, and what to do about it.</param>
    public ConfigException(ConfigPlace place, string key, string problem) : base($"{place}: {problem}")
    {
        Place = place;
        Key = key;
    }

    public ConfigPlace Place { get; }

    public string Key { get; }
}
