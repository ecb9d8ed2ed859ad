using System.Diagnostics;
using Seg.Train.Runs;
using Xunit.Abstractions;

namespace Seg.Cli.Tests;

/// <summary>
/// A training that is killed again and again, in the middle of saving too, and resumed each time, against one that runs through.
/// SEG_KILLS sets how often; a few times by default.
/// </summary>
public abstract class KillAndResumeTests(ITrainedModel model, ITestOutputHelper output)
{
    private const int Epochs = 6;

    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("SEG_KILLS"), out var kills) ? kills : 4;

    [Fact]
    public void A_run_that_is_killed_and_resumed_gives_the_losses_and_the_weights_of_one_that_runs_through()
    {
        var clock = Stopwatch.StartNew();
        using (var whole = Start("whole", resume: false))
            Assert.True(Finish(whole), whole.StandardError.ReadToEnd());
        var duration = clock.Elapsed;

        var random = new Random(1);
        var (done, whileSaving) = (0, 0);
        for (var finished = false; !finished;)
        {
            using var process = Start("parts", resume: HasCheckpoint("parts"));
            if (done == Kills)
            {
                finished = Finish(process);
                Assert.True(finished, process.StandardError.ReadToEnd());
            }
            else if (random.Next(2) == 0 ? WaitForSave(process) : !process.WaitForExit(duration * (0.2 + 0.8 * random.NextDouble())))
            {
                process.Kill();   // SIGKILL: nothing of the program runs any more
                process.WaitForExit();
                done++;
                whileSaving += Unfinished("parts").Length > 0 ? 1 : 0;
            }
            else
            {
                Assert.True(process.ExitCode == 0, process.StandardError.ReadToEnd());
                Delete("parts");   // it came to its end before the kill: begin again
            }
        }

        output.WriteLine($"{done} kills, {whileSaving} of them with a file half written");
        Assert.Equal(File.ReadAllBytes(model.At("whole", "last.safetensors")), File.ReadAllBytes(model.At("parts", "last.safetensors")));
        Assert.Equal(File.ReadAllBytes(model.At("whole", "best.safetensors")), File.ReadAllBytes(model.At("parts", "best.safetensors")));
        var (steps, epochs) = MetricsLog.Read(model.At("whole", "metrics.jsonl"));
        var (resumedSteps, resumedEpochs) = MetricsLog.Read(model.At("parts", "metrics.jsonl"));
        Assert.Equal(steps.Select(step => (step.Step, step.Loss)), resumedSteps.Select(step => (step.Step, step.Loss)));
        Assert.Equal(epochs.Select(epoch => (epoch.Epoch, epoch.Scores[0])), resumedEpochs.Select(epoch => (epoch.Epoch, epoch.Scores[0])));
    }

    private Process Start(string run, bool resume)
    {
        if (!resume)
            Delete(run);
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Seg.Cli.dll"),
            .. model.TrainArguments(
                model.At(run), "--set", $"train.epochs={Epochs}", "--set", "train.validate_every=2", "--set", "train.batch_size=1",
                "--set", "train.previews=0"),
        ];
        return Process.Start(new ProcessStartInfo("dotnet", resume ? [.. arguments, "--resume"] : arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    private static bool Finish(Process process)
    {
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    /// <summary>Waits until a checkpoint is being written. False where the process ended before one was seen.</summary>
    private bool WaitForSave(Process process)
    {
        while (!process.HasExited)
        {
            if (Unfinished("parts").Length > 0)
                return true;
            Thread.Yield();
        }
        return false;
    }

    private string[] Unfinished(string run) =>
        Directory.Exists(model.At(run)) ? [.. Directory.GetFiles(model.At(run)).Where(file => file.EndsWith(".tmp") || file.EndsWith(".next"))] : [];

    private bool HasCheckpoint(string run) => Directory.Exists(model.At(run)) && Directory.GetFiles(model.At(run), "last*.state.safetensors").Length > 0;

    private void Delete(string run)
    {
        if (Directory.Exists(model.At(run)))
            Directory.Delete(model.At(run), recursive: true);
    }
}
