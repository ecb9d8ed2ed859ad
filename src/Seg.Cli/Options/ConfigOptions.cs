using System.CommandLine;

namespace Seg.Cli.Options;

/// <summary>Options that change a config.</summary>
internal static class ConfigOptions
{
    public static Option<string[]> Set() => new("--set")
    {
        Description = "Change a key of the config; repeatable.",
        HelpName = "key=value",
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [],
    };

    public static Argument<string> ConfigOrModel() => new("CONFIG|MODEL")
    {
        Description = "Config file, name of one in configs/models, or trained model (.safetensors).",
    };

    /// <summary>A YAML string, whatever the text holds.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
