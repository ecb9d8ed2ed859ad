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
        var command = Create(terminal, new StreetDemo(), "demo", "demo",
            "See it work: draw street scenes, train on them, score and predict held-out ones and a video. "
                + "Some minutes on two processor cores.",
            "seg demo --out demo");
        command.Add(Create(terminal, new PoseDemo(), "pose", "demo-pose",
            "The same for keypoints: draw people in rooms, parks and streets, train on them, score and predict others and a video.",
            "seg demo pose --out demo-pose"));
        return command;
    }

    private static ExampleCommand Create(Terminal terminal, DemoSubject subject, string name, string folder, string description,
        string example)
    {
        Option<string> output = new("--out", "-o") { Description = $"Folder for everything; {folder} by default.", HelpName = "DIR" };
        Option<string> scenes = new("--scenes")
        {
            Description = $"Scenes to draw in all, of which one in {SynthCommand.HoldOut} is held out; "
                + $"by default {subject.Set.Train}, and {subject.Set.Val} to hold out.",
            HelpName = "N",
        };
        var compute = new ComputeOptions("auto, fp32 or bf16");
        var set = ConfigOptions.Set();
        ExampleCommand command = new(name, description, example) { output, scenes };
        compute.AddTo(command);
        command.Add(set);
        command.Do(terminal, (parsed, terminal, cancellation) =>
        {
            List<string> overrides = [.. parsed.GetValue(set)!];
            if (parsed.GetValue(compute.Precision) is not null)
                overrides.Add($"train.precision={compute.PrecisionOf(parsed).ToString().ToLowerInvariant()}");
            var request = new DemoRequest
            {
                Subject = parsed.GetValue(scenes) is { } count ? WithCount(subject, count) : subject,
                Output = parsed.GetValue(output) ?? folder,
                Overrides = overrides,
                Device = compute.Device(parsed, fixedShapes: true),
                Threads = compute.Threads(parsed),
            };
            using var display = new DemoDisplay(terminal);
            Print(DemoJob.Run(request, display, cancellation), terminal.Output);
            return ExitCode.Done;
        });
        return command;
    }

    private static DemoSubject WithCount(DemoSubject subject, string text)
    {
        var count = NumberOptions.Whole("--scenes", text, minimum: SynthCommand.HoldOut);
        return subject.WithScenes(count - count / SynthCommand.HoldOut, count / SynthCommand.HoldOut);
    }

    private static void Print(DemoResult result, TextWriter output)
    {
        ScoreTable.Write(output, result.Scores);
        var score = result.Scores.All[0];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Done in {TrainingText.Duration(result.Elapsed)}: {score.Kind.Title} {score.Value:F3} on the held-out scenes."));
        output.WriteLine($"  overlays  {result.Predictions[0].Output}");
        var files = result.Predictions.SelectMany(each => each.Files);
        if (files.FirstOrDefault(file => file.EndsWith(".mp4", StringComparison.Ordinal)) is { } video)
            output.WriteLine($"  video     {video}");
        output.WriteLine($"  curves    {result.Curves}");
        output.WriteLine($"  metrics   {result.ScoresFile}, {result.Metrics}");
        output.WriteLine($"  model     {result.Training.BestModel ?? result.Training.LastModel}");
        output.WriteLine($"Your own photographs: seg predict {result.Training.BestModel ?? result.Training.LastModel} PHOTO.jpg --out overlays");
    }
}
