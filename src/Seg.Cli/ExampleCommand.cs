using System.CommandLine;

namespace Seg.Cli;

/// <summary>A command whose help shows how it is used.</summary>
/// <param name="examples">Whole command lines.</param>
internal sealed class ExampleCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples => examples;

    /// <summary>Sets what the command does; <paramref name="work"/> returns the exit code.</summary>
    public void Do(Terminal terminal, Func<ParseResult, Terminal, CancellationToken, int> work) =>
        SetAction((parsed, cancellation) => Task.FromResult(work(parsed, terminal, cancellation)));
}
