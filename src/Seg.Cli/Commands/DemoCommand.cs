using System.CommandLine;
using System.Globalization;
using Seg.Cli.Display;
using Seg.Cli.Options;
using Seg.Train.Jobs;

namespace Seg.Cli.Commands;

/// <summary><c>seg demo</c>: the main job end to end on generated scenes.</summary>
internal static class DemoCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<string> output = new("--out", "-o") { Description = "Folder for everything; demo by default.", HelpName = "DIR" };
        Option<string> scenes = new("--scenes") { Description = $"Scenes to draw in all, of which one in {SynthCommand.HoldOut} is held out.", HelpName = "N" };
        var compute = new ComputeOptions("auto, fp32 or bf16");
        var set = ConfigOptions.Set();
        ExampleCommand command = new("demo", "See it work: draw street scenes, train on them, score and predict held-out ones and a video. Some minutes on two processor cores.",
            "seg demo --out demo")
        {
            output, scenes,
        };
        compute.AddTo(command);
        command.Add(set);
        command.Do(terminal, (parsed, terminal, cancellation) =>
        {
            List<string> overrides = [.. parsed.GetValue(set)!];
            if (parsed.GetValue(compute.Precision) is not null)
                overrides.Add($"train.precision={compute.PrecisionOf(parsed).ToString().ToLowerInvariant()}");
            var request = new DemoRequest
            {
                Output = parsed.GetValue(output) ?? "demo",
                Config = DemoJob.FindConfig(),
                Overrides = overrides,
                Device = compute.Device(parsed),
                Threads = compute.Threads(parsed),
            };
            if (parsed.GetValue(scenes) is { } count)
                request = request with { Scenes = SynthCommand.WithCount(request.Scenes, NumberOptions.Whole("--scenes", count, minimum: SynthCommand.HoldOut)) };
            using var display = new DemoDisplay(terminal);
            Print(DemoJob.Run(request, display, cancellation), terminal.Output);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(DemoResult result, TextWriter output)
    {
        ScoreTable.Write(output, result.Scores);
        var score = result.Scores.All[0];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Done in {TrainingText.Duration(result.Elapsed)}: {score.Kind.Title} {score.Value:F3} on the held-out scenes."));
        output.WriteLine($"  overlays  {result.Predictions.Output}");
        if (result.Predictions.Files.FirstOrDefault(file => file.EndsWith(".mp4", StringComparison.Ordinal)) is { } video)
            output.WriteLine($"  video     {video}");
        output.WriteLine($"  curves    {result.Curves}");
        output.WriteLine($"  metrics   {result.ScoresFile}, {result.Metrics}");
        output.WriteLine($"  model     {result.Training.BestModel ?? result.Training.LastModel}");
        output.WriteLine($"Your own photographs: seg predict {result.Training.BestModel ?? result.Training.LastModel} PHOTO.jpg --out overlays");
    }
}
