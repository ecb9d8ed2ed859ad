using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Seg.Train.Runs;

namespace Seg.Cli.Tests;

/// <summary>Training in several processes, as the command line starts them.</summary>
public sealed class RankTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    /// <summary>What all ranks together have to notice that one is gone.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public void Two_processes_learn_what_one_learns_and_go_on_exactly_where_they_stopped()
    {
        CommandRun.Of(Arguments("one")).Succeeded();
        var run = CommandRun.Of([.. Arguments("two"), "--nproc", "2"]).Succeeded();
        Assert.Contains("on each of 2 ranks", run.Output, StringComparison.Ordinal);

        // Later losses follow steps that were rounded differently.
        var (steps, epochs) = MetricsLog.Read(model.At("two", "metrics.jsonl"));
        var (expected, expectedEpochs) = MetricsLog.Read(model.At("one", "metrics.jsonl"));
        Assert.Equal(expected.Select(step => step.Step), steps.Select(step => step.Step));
        Assert.Equal(expected[0].Loss!.Value, steps[0].Loss!.Value, 4);
        Assert.Equal(expectedEpochs.Count, epochs.Count);

        // The time is up after the first step of the first sitting.
        CommandRun.Of([.. Arguments("parts"), "--nproc", "2", "--max-time", "1s"]).Succeeded();
        CommandRun.Of([.. Arguments("parts"), "--nproc", "2", "--resume"]).Succeeded();
        Assert.Equal(File.ReadAllBytes(model.At("two", "last.safetensors")), File.ReadAllBytes(model.At("parts", "last.safetensors")));
        Assert.Equal(epochs[^1].Scores[0], MetricsLog.Read(model.At("parts", "metrics.jsonl")).Epochs[^1].Scores[0]);

        // Another number of ranks goes on with what two have left.
        CommandRun.Of([.. Arguments("parts"), "--set", "train.epochs=2", "--resume"]).Succeeded();
    }

    [Fact]
    public void A_rank_that_is_killed_ends_the_run_with_its_name()
    {
        using var launcher = Start([.. Arguments("killed"), "--nproc", "2", "--set", "train.epochs=100000"]);
        while (launcher.StandardOutput.ReadLine() is { } line && !line.StartsWith("epoch 1/", StringComparison.Ordinal))
        {
            // The ranks are not at work yet.
        }
        var victim = WorkerOf(launcher, rank: 1);
        _ = Task.Run(launcher.StandardOutput.ReadToEnd);
        victim.Kill();
        var clock = Stopwatch.StartNew();

        var error = launcher.StandardError.ReadToEnd();
        launcher.WaitForExit();
        Assert.True(clock.Elapsed < Limit, $"The run took {clock.Elapsed.TotalSeconds:f0} s to end.");
        Assert.Equal(ExitCode.Failed, launcher.ExitCode);
        Assert.Contains($"seg: rank 1 (process {victim.Id}) was killed by signal 9", error, StringComparison.Ordinal);
        Assert.Matches($@"\[rank 0\] seg: Rank [01] \(.*, process \d+\) has", error);
    }

    [Fact]
    public async Task Interrupted_ranks_save_and_end()
    {
        using CancellationTokenSource source = new();
        using StringWriter output = new();
        var metrics = model.At("interrupted", "metrics.jsonl");
        var work = Task.Run(() => CommandRun.Of(source.Token, output, [.. Arguments("interrupted"), "--nproc", "2", "--set", "train.epochs=100000"]));
        while ((!File.Exists(metrics) || new FileInfo(metrics).Length == 0) && !work.IsCompleted)
            await Task.Delay(50);
        source.Cancel();
        var run = await work;

        Assert.Equal(ExitCode.Interrupted, run.ExitCode);
        Assert.Contains("and saved; --resume goes on.", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(model.At("interrupted", "last.state.safetensors")));
    }

    [Fact]
    public void Another_config_on_one_rank_is_told_on_both_before_the_first_step()
    {
        var port = FreePort();
        using var first = Start(Arguments("differ"), Variables(0, port));
        using var second = Start([.. Arguments("differ"), "--set", "train.seed=1"], Variables(1, port));
        foreach (var process in new[] { first, second })
        {
            Assert.Contains("has another config than rank 0: train.seed is 1, not 0.", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
            process.WaitForExit();
            Assert.Equal(ExitCode.WrongInput, process.ExitCode);
        }
        Assert.False(Directory.Exists(model.At("differ")));
    }

    [Fact]
    public void A_batch_that_ranks_cannot_share_is_refused()
    {
        var run = CommandRun.Of([.. Arguments("uneven"), "--nproc", "2", "--set", "train.batch_size=3"]);
        Assert.Equal(ExitCode.WrongInput, run.ExitCode);
        Assert.Contains("train.batch_size is 3, which 2 ranks cannot share evenly; set it to 4", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_numbers_of_processes_are_refused() => CommandRun.Of([.. Arguments("none"), "--nproc", "0"]).Refused(ExitCode.WrongInput, "--nproc is '0'");

    [Fact]
    public void A_world_size_without_a_rank_is_refused()
    {
        Environment.SetEnvironmentVariable("WORLD_SIZE", "2");
        try
        {
            CommandRun.Of(Arguments("lost")).Refused(ExitCode.WrongInput, "The environment variable RANK is not set", "WORLD_SIZE is 2");
        }
        finally
        {
            Environment.SetEnvironmentVariable("WORLD_SIZE", null);
        }
    }

    private string[] Arguments(string run) => model.TrainArguments(model.At(run), "--set", "train.previews=0");

    private static Dictionary<string, string> Variables(int rank, int port) =>
        new() { ["RANK"] = $"{rank}", ["WORLD_SIZE"] = "2", ["MASTER_ADDR"] = "127.0.0.1", ["MASTER_PORT"] = $"{port}" };

    private static Process Start(string[] arguments, Dictionary<string, string>? variables = null)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Seg.Cli.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables ?? [])
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static Process WorkerOf(Process launcher, int rank)
    {
        foreach (var thread in Directory.GetDirectories($"/proc/{launcher.Id}/task"))
        {
            foreach (var child in File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (File.ReadAllText($"/proc/{child}/environ").Split('\0').Contains($"RANK={rank}"))
                    return Process.GetProcessById(int.Parse(child, System.Globalization.CultureInfo.InvariantCulture));
            }
        }
        throw new InvalidOperationException("The launcher has no such process.");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
