using System.CommandLine;
using Seg.Cli.Display;
using Seg.Cli.Options;
using Seg.Models.Configuration;
using Seg.Train;
using Seg.Train.Distributed;
using Seg.Train.Runs;

namespace Seg.Cli.Commands;

/// <summary><c>seg train</c>: trains a network and leaves a run directory.</summary>
internal static class TrainCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> config = new("CONFIG") { Description = "Config with model:, data: and train: sections." };
        Option<string> data = new("--data") { Description = "The data set's folder (data.root).", HelpName = "DIR" };
        Option<string> run = new("--run") { Description = "Folder for checkpoints, metrics and curves; runs/NAME by default.", HelpName = "DIR" };
        Option<bool> resume = new("--resume") { Description = "Go on from the run's last checkpoint." };
        Option<string> maxTime = new("--max-time") { Description = "Stop after so long, such as 1h30m, and save; --resume goes on (train.max_time).", HelpName = "TIME" };
        var ranks = new RankOptions();
        var compute = new ComputeOptions("auto, fp32, bf16 or (on a GPU) fp16");
        var set = ConfigOptions.Set();
        ExampleCommand command = new("train", "Train a network on a data set. Ctrl-C saves a checkpoint, from which --resume goes on.",
            "seg train configs/camvid/hrnet_w18s.yaml --data ../camvid",
            "seg train my.yaml --run runs/first --set train.epochs=20 --set train.optimizer.learning_rate=0.01",
            "seg train my.yaml --run runs/first --resume",
            "seg train my.yaml --nproc 2")
        {
            config, data, run, resume, maxTime,
        };
        ranks.AddTo(command);
        compute.AddTo(command);
        command.Add(set);
        command.Do(terminal, (parsed, terminal, cancellation) =>
        {
            if (ranks.Launcher(parsed, terminal) is { } launcher)
            {
                ReadConfig(parsed);   // what is wrong with it is told once, and at once
                return launcher.Run(cancellation);
            }
            var placement = RankPlacement.OfProcess();
            using var joined = ranks.Join(parsed, placement, terminal, cancellation);
            try
            {
                var options = new TrainerOptions
                {
                    RunDirectory = parsed.GetValue(run) ?? RunDirectory.NameFor(ConfigReader.Find(parsed.GetRequiredValue(config))),
                    Resume = parsed.GetValue(resume),
                    ResumesLatest = parsed.GetValue(run) is null,
                    MaxTime = parsed.GetValue(maxTime) is { } text ? NumberOptions.Time("--max-time", text) : null,
                    Device = compute.Device(parsed, placement?.LocalRank ?? 0, fixedShapes: true),
                    Threads = compute.Threads(parsed, placement?.LocalSize ?? 1),
                    Ranks = joined,
                };
                var runConfig = ReadConfig(parsed);
                var result = TrainingDisplay.Run(terminal, progress => new Trainer(runConfig, options, progress).Run(cancellation), joined.IsFirst);
                return result.Interrupted ? ExitCode.Interrupted : ExitCode.Done;
            }
            catch (Exception error) when (joined.Failed(error) is var everybodys && everybodys != error)
            {
                throw everybodys;
            }
        });
        return command;

        RunConfig ReadConfig(ParseResult parsed)
        {
            List<string> overrides = [];
            if (parsed.GetValue(data) is { } folder)
                overrides.Add($"data.root={ConfigOptions.Quoted(folder)}");
            if (parsed.GetValue(compute.Precision) is not null)
                overrides.Add($"train.precision={compute.PrecisionOf(parsed).ToString().ToLowerInvariant()}");
            return ConfigReader.Read<RunConfig>(ConfigReader.Find(parsed.GetRequiredValue(config)), [.. overrides, .. parsed.GetValue(set)!]);
        }
    }
}
