using System.Globalization;
using System.Text.RegularExpressions;

namespace Seg.Train;

/// <summary>Times as users write them: 1h30m, 45m, 2d, 90s.</summary>
public static partial class Duration
{
    /// <summary>What a message says is expected.</summary>
    public const string Example = "a time such as 45m, 1h30m or 2d";

    /// <summary>Reads days, hours, minutes and seconds, in this order, each whole and at most once; the time must be above 0.</summary>
    public static bool TryParse(string text, out TimeSpan time)
    {
        time = TimeSpan.Zero;
        var match = Pattern().Match(text.Trim());
        if (!match.Success)
            return false;
        var seconds = 0.0;
        foreach (var (name, length) in new[] { ("d", 86400), ("h", 3600), ("m", 60), ("s", 1) })
        {
            if (match.Groups[name] is { Success: true } group)
                seconds += length * double.Parse(group.Value, CultureInfo.InvariantCulture);
        }
        // Ten years: beyond it somebody has mistyped, and TimeSpan overflows in the end.
        if (seconds is <= 0 or > 3650 * 86400.0)
            return false;
        time = TimeSpan.FromSeconds(seconds);
        return true;
    }

    [GeneratedRegex(@"^(?:(?<d>\d{1,9})d)?\s*(?:(?<h>\d{1,9})h)?\s*(?:(?<m>\d{1,9})m)?\s*(?:(?<s>\d{1,9})s)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
