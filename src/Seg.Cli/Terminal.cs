namespace Seg.Cli;

/// <summary>Where a command writes: handed in, so that a test reads it back.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">Errors, warnings, and how far the work is.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error)
{
    /// <summary>What a command may read that was told to: an image or a list of files.</summary>
    public Stream Input { get; init; } = Stream.Null;

    /// <summary>Whether somebody watches <see cref="Output"/>, so that a display may draw over itself.</summary>
    public bool IsOutputInteractive { get; init; }

    /// <summary>Whether somebody watches <see cref="Error"/>.</summary>
    public bool IsErrorInteractive { get; init; }

    /// <summary>The terminal, files or pipes that this process was started with.</summary>
    public static Terminal OfProcess()
    {
        var canDraw = CanDraw(OperatingSystem.IsWindows(), Environment.GetEnvironmentVariable("TERM"));
        return new(Console.Out, Console.Error)
        {
            Input = Console.OpenStandardInput(),
            IsOutputInteractive = canDraw && !Console.IsOutputRedirected,
            IsErrorInteractive = canDraw && !Console.IsErrorRedirected,
        };
    }

    /// <summary>Whether the terminal can draw over a line; Windows' own can, and has no name.</summary>
    /// <param name="name">TERM.</param>
    internal static bool CanDraw(bool isWindows, string? name) => name is null or "" ? isWindows : name != "dumb";
}
