using System.Globalization;
using Seg.Models;
using Seg.Train;

namespace Seg.Cli.Options;

/// <summary>Numbers and sizes as users write them.</summary>
/// <remarks>Options stay text until they are used: System.CommandLine's generic parsers would have to be compiled at every start.</remarks>
internal static class NumberOptions
{
    /// <exception cref="InputException">The text is no whole number, or below the minimum.</exception>
    public static int Whole(string option, string text, int minimum) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= minimum
            ? number
            : throw new InputException($"{option} is '{text}'; it must be a whole number, {minimum} or more.");

    /// <exception cref="InputException">The text is no number.</exception>
    public static double Number(string option, string text) => TryNumber(text, out var number)
        ? number
        : throw new InputException($"{option} is '{text}'; it must be a number such as 0.5.");

    /// <summary>Numbers with commas between them.</summary>
    /// <exception cref="InputException">One is no number.</exception>
    public static double[] Numbers(string option, string text) =>
        [.. text.Split(',').Select(part => TryNumber(part, out var number)
            ? number
            : throw new InputException($"{option} is '{text}'; it must be numbers such as 0.5,1,1.5."))];

    /// <exception cref="InputException">The text is no number from 0 to 1.</exception>
    public static double Part(string option, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 1
            ? number
            : throw new InputException($"{option} is '{text}'; it must be a number from 0 to 1.");

    /// <exception cref="InputException">The text is no time above 0.</exception>
    public static TimeSpan Time(string option, string text) =>
        Duration.TryParse(text, out var time) ? time : throw new InputException($"{option} is '{text}'; it must be {Duration.Example}.");

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    /// <summary>Numbers with an x between them, such as 3x512x1024.</summary>
    /// <exception cref="InputException">The text is nothing of the kind.</exception>
    public static long[] Shape(string option, string text, int smallest, int largest, string example)
    {
        var parts = text.Split('x', 'X');
        var shape = new long[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!long.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]) || shape[i] is < 1 or > 1 << 24)
                throw Wrong();
        }
        return parts.Length >= smallest && parts.Length <= largest ? shape : throw Wrong();

        InputException Wrong() => new($"{option} is '{text}'; it must be numbers such as {example}.");
    }
}
