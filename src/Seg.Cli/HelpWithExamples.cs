using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Seg.Cli;

/// <summary>The usual help, and below it the command's examples.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction usual = new();

    /// <summary>Help is given whatever else is wrong with the command line.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is ExampleCommand { Examples.Count: > 0 } command)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine(command.Examples.Count == 1 ? "Example:" : "Examples:");
            foreach (var example in command.Examples)
                output.WriteLine($"  {example}");
            output.WriteLine();
        }
        return ExitCode.Done;
    }
}
