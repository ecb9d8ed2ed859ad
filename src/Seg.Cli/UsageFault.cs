using System.CommandLine;
using System.CommandLine.Parsing;
using Seg.Models;

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
        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [[not '-', ..] name, ..])
            return Unknown("command", name, command.Subcommands.Select(sub => sub.Name), parsed);
        // An unknown option is parsed as an argument, and what follows it then looks wrong as well, so it comes first.
        if (StrayOption(parsed) is { } option)
            return Unknown("option", option, OptionsOf(parsed), parsed);
        if (parsed.Errors.Count == 0)
            return null;
        if (parsed.UnmatchedTokens is [var word, ..])
            return Unknown("argument", word, [], parsed);
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
        var (distance, name) = known.Select(name => (NearestName.Distance(word, name), name)).DefaultIfEmpty((int.MaxValue, "")).Min();
        return distance <= Math.Max(1, name.Length / 3) ? name : null;
    }
}
