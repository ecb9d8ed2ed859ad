using System.Globalization;
using Seg.Models;

namespace Seg.Train.Distributed;

/// <summary>Variables of the environment that start several processes, read with messages of what is wrong. An empty one is none.</summary>
internal sealed class EnvironmentVariables(Func<string, string?> variable)
{
    public string? this[string name] => variable(name) is { Length: > 0 } value ? value : null;

    public bool Has(string name) => this[name] is not null;

    /// <param name="needed">Why it has to be there, for the message: "as RANK is set: …".</param>
    /// <exception cref="InputException">It is not set.</exception>
    public string Text(string name, string needed) => this[name] ?? throw Missing(name, needed);

    /// <param name="fallback">Taken where it is not set; null: it has to be.</param>
    /// <exception cref="InputException">It is not set, no whole number, or below the minimum.</exception>
    public int Number(string name, int minimum, string needed = "", int? fallback = null)
    {
        if (this[name] is not { } text)
            return fallback ?? throw Missing(name, needed);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum
            ? number
            : throw new InputException($"The environment variable {name} is '{text}'; it must be a whole number, {minimum} or more.");
    }

    private static InputException Missing(string name, string needed) =>
        new($"The environment variable {name} is not set. It has to be, {needed}. (To train in one process, unset the others.)");
}
