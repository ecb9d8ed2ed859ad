using Seg.Models;

namespace Seg.Cli.Options;

/// <summary>Options that are one name of several.</summary>
internal static class NameOptions
{
    /// <returns>The first of the names where the option was not given.</returns>
    /// <exception cref="InputException">The text is none of the names; the message lists them.</exception>
    public static T Parse<T>(string option, string? text)
        where T : struct, Enum
    {
        if (text is null)
            return default;
        var values = Enum.GetValues<T>();
        var index = Array.FindIndex(values, value => NameOf(value) == text);
        return index >= 0 ? values[index] : throw new InputException($"{option} is '{text}'; it can be {string.Join(", ", values.Select(NameOf))}.");
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
