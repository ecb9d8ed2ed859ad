using System.CommandLine;
using System.CommandLine.Help;
using Seg.Cli.Commands;
using Seg.Models;

namespace Seg.Cli;

/// <summary>The whole command line: finds the command, runs it, and turns what it throws into one line on stderr and an exit code.</summary>
internal static class CommandLine
{
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellation = default)
    {
        Option<bool> verbose = new("--verbose") { Description = "Add the stack trace to an error, and say what networks are compiled.", Recursive = true };
        // A word that begins with @ is an input of predict, not a file of arguments.
        var parsed = Create(terminal, verbose).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (UsageFault.Describe(parsed) is { } fault)
            return Fail(ExitCode.WrongInput, fault, error: null);
        try
        {
            InvocationConfiguration configuration = new()
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                // Interruption sees to signals: a checkpoint may take longer to save than any fixed time.
                ProcessTerminationTimeout = null,
            };
            return parsed.InvokeAsync(configuration, cancellation).GetAwaiter().GetResult();
        }
        catch (InputException error)
        {
            return Fail(ExitCode.WrongInput, error.Message, error);
        }
        catch (OperationCanceledException error) when (cancellation.IsCancellationRequested)
        {
            return Fail(ExitCode.Interrupted, "interrupted", error);
        }
        catch (Exception error)
        {
            return Fail(ExitCode.Failed, Describe(error), error);
        }

        int Fail(int code, string message, Exception? error)
        {
            terminal.Error.WriteLine($"seg: {OneLine(message)}");
            if (error is not null && parsed.GetValue(verbose))
                terminal.Error.WriteLine(error);
            return code;
        }
    }

    /// <summary>All commands, in the order in which a newcomer needs them.</summary>
    private static Command Create(Terminal terminal, Option<bool> verbose)
    {
        ExampleCommand root = new("seg", "Semantic segmentation: train on street scenes, predict images and videos, look at the overlays.",
            "seg demo", "seg train configs/camvid/hrnet_w18s.yaml --data DIR", "seg predict runs/camvid_hrnet_w18s/best.safetensors photos --out overlays")
        {
            new HelpOption { Action = new HelpWithExamples() },
            new VersionOption(),
            verbose,
            DemoCommand.Create(terminal),
            TrainCommand.Create(terminal),
            EvalCommand.Create(terminal),
            PredictCommand.Create(terminal),
            ReviewCommand.Create(terminal),
            InfoCommand.Create(terminal),
            ForwardCommand.Create(terminal),
            CalibrateCommand.Create(terminal),
            ConvertCommand.Create(terminal),
            BenchCommand.Create(terminal),
            CheckDeviceCommand.Create(terminal),
            DataCommand.Create(terminal),
            ScoreCommand.Create(terminal),
            SynthCommand.Create(terminal),
        };
        return root;
    }

    /// <summary>An error that nobody foresaw says of which kind it is; those of files speak for themselves.</summary>
    internal static string Describe(Exception error)
    {
        var cause = Cause(error);
        return cause is IOException or Train.TrainingDivergedException or Train.BatchTooLargeException or Train.Optimization.GraphCaptureException
            or Train.Distributed.RankFailedException
            ? cause.Message
            : $"{cause.Message} ({cause.GetType().Name}; --verbose shows where)";
    }

    /// <summary>What went wrong, without what a type's first use and parallel work wrap around it: a missing library, say.</summary>
    private static Exception Cause(Exception error) => error switch
    {
        TypeInitializationException { InnerException: { } inner } => Cause(inner),
        AggregateException { InnerExceptions: [var inner] } => Cause(inner),
        _ => error,
    };

    private static string OneLine(string text) => string.Join(' ', text.Split((char[])['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
