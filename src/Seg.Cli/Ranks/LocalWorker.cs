using System.Diagnostics;
using System.Globalization;
using Seg.Train.Distributed;

namespace Seg.Cli.Ranks;

/// <summary>One process of <c>--nproc</c>.</summary>
internal sealed class LocalWorker : IDisposable
{
    /// <summary>
    /// Set for a process that another one has started and interrupts: by closing its standard input, which also happens when that other one is killed.
    /// </summary>
    public const string Mark = "SEG_WORKER";

    private readonly Terminal terminal;
    private readonly Process process;
    private readonly int rank;
    private string lastError = "";
    private bool isInterrupted;

    /// <param name="arguments">Of the command line, without <c>--nproc</c>.</param>
    public LocalWorker(Terminal terminal, RankPlacement placement, IReadOnlyList<string> arguments)
    {
        (this.terminal, rank) = (terminal, placement.Rank);
        // Rank 0 may draw over itself where somebody watches; the others have nothing to say.
        var showsItself = placement.LocalRank == 0 && terminal.IsOutputInteractive;
        var (program, first) = Program();
        ProcessStartInfo start = new(program, [.. first, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = !showsItself,
        };
        foreach (var (name, value) in Variables(placement))
            start.Environment[name] = value;
        start.Environment.TryAdd("TORCH_CPP_LOG_LEVEL", "ERROR");
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => TakeError(line.Data);
        process.BeginErrorReadLine();
        if (showsItself)
            return;
        process.OutputDataReceived += (_, line) => TakeOutput(line.Data);
        process.BeginOutputReadLine();
    }

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    public bool HasFailed => HasExited && ExitCode is not (Cli.ExitCode.Done or Cli.ExitCode.Interrupted);

    /// <summary>Whether a signal has ended it: .NET adds 128 to the signal's number.</summary>
    public bool WasKilled => HasExited && ExitCode is > 128 and not Cli.ExitCode.Interrupted;

    /// <summary>Whether that was this program's doing.</summary>
    public bool WasKilledHere { get; private set; }

    /// <summary>What became of it, in one line.</summary>
    public string Obituary
    {
        get
        {
            process.WaitForExit();   // until all of its lines are read
            return WasKilled ? $"rank {rank} (process {process.Id}) was killed by signal {ExitCode - 128}"
                : $"rank {rank} (process {process.Id}) failed with exit code {ExitCode}{(lastError.Length > 0 ? $": {lastError}" : "")}";
        }
    }

    /// <summary>Asks it to save and end, once.</summary>
    public void Interrupt()
    {
        if (isInterrupted)
            return;
        isInterrupted = true;
        process.StandardInput.Close();
    }

    public void Kill()
    {
        if (HasExited)
            return;
        WasKilledHere = true;
        process.Kill();
    }

    public void Dispose()
    {
        Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static Dictionary<string, string> Variables(RankPlacement placement) => new()
    {
        [Mark] = "1",
        ["RANK"] = Text(placement.Rank),
        ["WORLD_SIZE"] = Text(placement.Size),
        ["LOCAL_RANK"] = Text(placement.LocalRank),
        ["LOCAL_WORLD_SIZE"] = Text(placement.LocalSize),
        ["MASTER_ADDR"] = placement.Host,
        ["MASTER_PORT"] = Text(placement.Port),
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>This very program: its own file, or dotnet with the assembly.</summary>
    private static (string Program, string[] Arguments) Program()
    {
        var path = Environment.ProcessPath!;
        var assembly = typeof(LocalWorker).Assembly.GetName().Name!;
        return Path.GetFileNameWithoutExtension(path) is "dotnet" or "testhost"
            ? ("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll")])
            : (path, []);
    }

    private void TakeOutput(string? line)
    {
        if (line is null)
            return;
        lock (terminal)
        {
            terminal.Output.WriteLine(line);
            terminal.Output.Flush();
        }
    }

    private void TakeError(string? line)
    {
        if (line is null)
            return;
        if (line.StartsWith("seg: ", StringComparison.Ordinal))
            lastError = line["seg: ".Length..];
        lock (terminal)
            terminal.Error.WriteLine($"[rank {rank}] {line}");
    }
}
