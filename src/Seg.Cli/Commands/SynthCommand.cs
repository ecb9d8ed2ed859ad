using System.CommandLine;
using Seg.Cli.Display;
using Seg.Cli.Options;
using Seg.Models;
using Seg.Train.Synthesis;
using Seg.Train.Synthesis.Figures;

namespace Seg.Cli.Commands;

/// <summary><c>seg synth</c>: draws street scenes in Cityscapes' layout, or people with their keypoints in COCO's.</summary>
internal static class SynthCommand
{
    /// <summary>One scene of so many is held out for validation.</summary>
    public const int HoldOut = 6;

    private const string Streets = "streets", Figures = "figures";

    public static Command Create(Terminal terminal)
    {
        SynthConfig streets = new();
        FigureConfig figures = new();
        Argument<string> output = new("OUT") { Description = "Folder for the scenes; made where it is missing." };
        Option<string> kind = new("--kind")
        {
            Description = $"{Streets} (default): masks in Cityscapes' layout; {Figures}: people with keypoints in COCO's layout.",
            HelpName = "KIND",
        };
        Option<string> count = new("--count")
        {
            Description = $"Scenes in all, of which one in {HoldOut} is held out as val; {streets.Train + streets.Val} by default.",
            HelpName = "N",
        };
        Option<string> seed = new("--seed") { Description = "The same seed gives the same scenes; 1 by default.", HelpName = "N" };
        Option<string> size = new("--size")
        {
            Description = $"Size of the scenes in pixels; {streets.Width}x{streets.Height} by default, "
                + $"of figures {figures.Width}x{figures.Height}.",
            HelpName = "WxH",
        };
        Option<string> people = new("--people")
        {
            Description = $"With {Figures}: people in a scene at most; {figures.MostPeople} by default.",
            HelpName = "N",
        };
        Option<string> video = new("--video")
        {
            Description = "Seconds of video besides: a drive along a street (drive.mp4), or people who walk (walk.mp4, truth in walk.json).",
            HelpName = "SECONDS",
        };
        Option<string> threads = new("--threads")
        {
            Description = "Threads that draw; as many as there are processors by default.",
            HelpName = "N",
        };
        ExampleCommand command = new("synth", "Draw street scenes with exact masks, or people with exact keypoints, to train and test on.",
            "seg synth scenes --count 240 --size 512x256 --seed 1", "seg synth people --kind figures --count 480 --people 4 --video 5")
        {
            output, kind, count, seed, size, people, video, threads,
        };
        command.Do(terminal, (parsed, terminal, cancellation) =>
        {
            var isFigures = parsed.GetValue(kind) switch
            {
                null or Streets => false,
                Figures => true,
                { } other => throw new InputException($"--kind is '{other}'; it must be {Streets} or {Figures}."),
            };
            SceneSetConfig config = isFigures ? figures : streets;
            config = config with
            {
                Seed = NumberOptions.Whole("--seed", parsed.GetValue(seed) ?? $"{config.Seed}", minimum: 0),
                Threads = parsed.GetValue(threads) is { } number ? NumberOptions.Whole("--threads", number, minimum: 1) : 0,
            };
            if (parsed.GetValue(count) is { } text && NumberOptions.Whole("--count", text, minimum: 1) is var all)
                config = config with { Train = all - all / HoldOut, Val = all / HoldOut };
            if (parsed.GetValue(size) is { } extent && NumberOptions.Shape("--size", extent, 2, 2, "512x256") is [var width, var height])
                config = config with { Width = (int)width, Height = (int)height };
            if (parsed.GetValue(people) is { } most)
            {
                config = config is FigureConfig some ? some with { MostPeople = NumberOptions.Whole("--people", most, minimum: 1) }
                    : throw new InputException($"--people goes with --kind {Figures} alone.");
            }
            var seconds = parsed.GetValue(video) is { } length ? NumberOptions.Whole("--video", length, minimum: 1) : 0;
            Draw(parsed.GetRequiredValue(output), config, seconds, terminal, cancellation);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Draw(string folder, SceneSetConfig config, int seconds, Terminal terminal, CancellationToken cancellation)
    {
        using var line = new ProgressLine(terminal);
        CountReport report = new(line, config.Train + config.Val, "scenes"),
            frames = new(line, (int)(seconds * SceneSetConfig.FramesPerSecond), "frames");
        var film = Path.Combine(folder, config is FigureConfig ? "walk.mp4" : "drive.mp4");
        if (config is FigureConfig figures)
        {
            FigureScenes.Write(folder, figures, report, cancellation);
            if (seconds > 0)
                FigureScenes.WriteVideo(film, figures, seconds, progress: frames, cancellation: cancellation);
        }
        else if (config is SynthConfig streets)
        {
            StreetScenes.Write(folder, streets, report, cancellation);
            if (seconds > 0)
                StreetScenes.WriteVideo(film, streets, seconds, progress: frames, cancellation: cancellation);
        }
        line.Clear();
        terminal.Output.WriteLine(
            $"{config.Train} scenes to train on and {config.Val} to validate, {config.Width}x{config.Height}, in {folder}");
        if (seconds > 0)
            terminal.Output.WriteLine($"A video of {seconds} s: {film}");
    }
}
