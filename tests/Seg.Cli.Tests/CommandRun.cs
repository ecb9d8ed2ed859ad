namespace Seg.Cli.Tests;

/// <summary>One run of the command line, without a process: its exit code and what it wrote.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static CommandRun Of(params string[] arguments) => Of(CancellationToken.None, new StringWriter(), arguments);

    public static CommandRun Of(CancellationToken cancellation, StringWriter output, params string[] arguments)
    {
        StringWriter error = new();
        var code = CommandLine.Run(arguments, new Terminal(output, error), cancellation);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Fails the test where the command did not do its work.</summary>
    public CommandRun Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}");
        return this;
    }

    /// <summary>Fails the test where the command did not end with one line of error that says all of this.</summary>
    public CommandRun Refused(int exitCode, params string[] parts)
    {
        Assert.Equal(exitCode, ExitCode);
        Assert.StartsWith("seg: ", Error, StringComparison.Ordinal);
        Assert.Single(Error.TrimEnd('\n').Split('\n'));
        foreach (var part in parts)
            Assert.Contains(part, Error, StringComparison.Ordinal);
        return this;
    }
}
