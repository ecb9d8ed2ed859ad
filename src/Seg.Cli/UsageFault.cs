using System.CommandLine;
using System.CommandLine.Parsing;

namespace Seg.Cli;

/// <summary>What is wrong with a command line, in one line.</summary>
internal static class UsageFault
{
    /// <returns>null where nothing is wrong.</returns>
    public static string? Describe(ParseResult parsed)
    {
        // Help and version are shown whatever else was written.
        if (parsed.Action is not null && parsed.Action != parsed.CommandResult.Command.Action && parsed.Errors.Count == 0)
            return null;
        // An unknown option is parsed as an argument, and what follows it then looks wrong as well, so it comes first.
        if (StrayOption(parsed) is { } option)
            return Unknown("option", option, OptionsOf(parsed), parsed);
        if (parsed.Errors.Count == 0)
            return null;
        var command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens is [var word, ..])
        {
            return command.Subcommands.Count > 0
                ? Unknown("command", word, command.Subcommands.Select(sub => sub.Name), parsed)
                : Unknown("argument", word, [], parsed);
        }
        return command.Subcommands.Count > 0 ? $"no command was given; {Help(parsed)}" : $"{parsed.Errors[0].Message.TrimEnd('.')}; {Help(parsed)}";
    }

    private static string Unknown(string kind, string word, IEnumerable<string> known, ParseResult parsed) =>
        $"there is no {kind} '{word}' in '{PathOf(parsed)}'; " + (Nearest(word, known) is { } near ? $"did you mean '{near}'?" : Help(parsed));

    private static string Help(ParseResult parsed) => $"see '{PathOf(parsed)} --help'";

    private static string? StrayOption(ParseResult parsed) =>
        parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value)
            .Concat(parsed.UnmatchedTokens)
            .FirstOrDefault(word => word.Length > 1 && word[0] == '-' && !Path.Exists(word));

    private static string PathOf(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as CommandResult)
            names.Push(result.Command.Name);
        return string.Join(' ', names);
    }

    private static IEnumerable<string> OptionsOf(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.Concat(parsed.RootCommandResult.Command.Options.Where(option => option.Recursive))
            .SelectMany(option => option.Aliases.Prepend(option.Name));

    /// <summary>The known word that takes the fewest changed letters, where these are few.</summary>
    private static string? Nearest(string word, IEnumerable<string> known)
    {
        var (distance, name) = known.Select(name => (Distance(word, name), name)).DefaultIfEmpty((int.MaxValue, "")).Min();
        return distance <= Math.Max(1, name.Length / 3) ? name : null;
    }

    /// <summary>Letters to insert, remove, change, or swap with their neighbour to turn one word into the other.</summary>
    private static int Distance(string first, string second)
    {
        var table = new int[first.Length + 1, second.Length + 1];
        for (var i = 0; i <= first.Length; i++)
        {
            for (var j = 0; j <= second.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }
                var same = first[i - 1] == second[j - 1];
                table[i, j] = Math.Min(table[i - 1, j - 1] + (same ? 0 : 1), Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && first[i - 1] == second[j - 2] && first[i - 2] == second[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }
        return table[first.Length, second.Length];
    }
}
