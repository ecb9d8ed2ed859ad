using Seg.Models.Weights;

namespace Seg.Models.Configuration;

/// <summary>
/// Reads strict YAML into typed records and writes it back. Keys are property names in snake_case. An unknown, doubled, missing or
/// ill-typed key is a <see cref="ConfigException"/> that names file, line, column, key, and the nearest known key.
/// </summary>
public static class ConfigReader
{
    private const string ModelFolder = "configs/models";

    /// <summary>Reads a file with those that it extends.</summary>
    /// <remarks>
    /// <c>extends: other.yaml</c> (or a list of files; relative to the file that says so) puts the file's own keys over the other's: maps
    /// merge key by key, lists and values are replaced, and a map that gives another <c>name</c> or <c>type</c> than the one below replaces
    /// it wholly.
    /// Overrides go on top in the same way.
    /// </remarks>
    /// <param name="path">A file, or the bare name of a model config.</param>
    /// <param name="overrides">"model.num_classes=11", "model.head={name: concat}": keys with dots, then a YAML value.</param>
    /// <exception cref="InputException">The file cannot be read or is faulty.</exception>
    public static T Read<T>(string path, IReadOnlyList<string>? overrides = null)
        where T : class => (T)ConfigBinder.Bind(typeof(T), ConfigLoader.Load(Find(path), overrides ?? []), key: "");

    /// <summary>Reads YAML or JSON text that stands alone.</summary>
    /// <param name="text">The text; <c>extends</c> is not known here.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="ConfigException">The text is faulty.</exception>
    public static T Parse<T>(string text, string source)
        where T : class => (T)ConfigBinder.Bind(typeof(T), YamlParser.Parse(text, source), key: "");

    /// <summary>YAML that <see cref="Read{T}"/> reads back as an equal record.</summary>
    public static string Write<T>(T config)
        where T : class => ConfigWriter.ToYaml(config);

    /// <summary>JSON on one line that <see cref="Parse{T}"/> reads back as an equal record.</summary>
    public static string WriteJson<T>(T config)
        where T : class => ConfigWriter.ToJson(config);

    /// <summary>The name that stands in a file for this kind of record: of a variant of an abstract one, such as <c>local_relation</c>.</summary>
    public static string NameOf(object variant) => ConfigSchema.Of(variant.GetType()).Variants.Single(entry => entry.Value == variant.GetType()).Key;

    /// <summary>
    /// The path of a configuration: the path given where there is such a file, else <c>configs/models/NAME.yaml</c> for a bare name,
    /// searched from the current folder upwards, then around the program.
    /// </summary>
    /// <exception cref="InputException">There is none; the message names the nearest model.</exception>
    public static string Find(string name) => Find(name, ModelFolder, "a model");

    /// <summary>The same for bare names of configurations of another kind.</summary>
    /// <param name="name">A path or a bare name.</param>
    /// <param name="folder">Where those with a bare name stand: <c>configs/keypoints</c>.</param>
    /// <param name="kind">What messages call one of them: "a keypoint set".</param>
    /// <param name="from">The folder of the file that names it, where both are looked for first; null where a user does.</param>
    /// <exception cref="InputException">There is none; the message names the nearest one.</exception>
    public static string Find(string name, string folder, string kind, string? from = null)
    {
        if (from is not null && Path.Combine(from, name) is var beside && File.Exists(beside))
            return beside;
        if (ModelFile.IsModelFile(name))
            throw new InputException($"'{name}' is a trained model, not a configuration (.yaml); that of its run is the config.yaml beside it.");
        if (File.Exists(name))
            return name;
        if (Path.HasExtension(name) || name.AsSpan().IndexOfAny('/', '\\') >= 0)
            throw new InputException(Directory.Exists(name) ? $"'{name}' is a folder, not a configuration." : $"There is no configuration {name}.");

        var folders = ConfigFolders.Named(folder, from).ToArray();
        if (folders.Select(candidate => Path.Combine(candidate, $"{name}.yaml")).FirstOrDefault(File.Exists) is { } path)
            return path;
        throw new InputException($"'{name}' is neither a file nor {kind} of {folder}; {ConfigNames.Suggest(name, NamesIn(folders))}");
    }

    /// <summary>The bare names of all model configs, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> ModelNames() => NamesIn(ConfigFolders.Named(ModelFolder, from: null));

    private static string[] NamesIn(IEnumerable<string> folders) =>
        [.. folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.yaml")).Select(file => Path.GetFileNameWithoutExtension(file)).Distinct().Order()];
}
