namespace Seg.Cli;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Failed while running.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage, config or input.</summary>
    public const int WrongInput = 2;

    /// <summary>Interrupted; a training run has saved a checkpoint first.</summary>
    public const int Interrupted = 130;
}
