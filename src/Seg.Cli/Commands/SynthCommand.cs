using System.CommandLine;
using Seg.Cli.Display;
using Seg.Cli.Options;
using Seg.Train.Synthesis;

namespace Seg.Cli.Commands;

/// <summary><c>seg synth</c>: draws street scenes in Cityscapes' layout.</summary>
internal static class SynthCommand
{
    /// <summary>One scene of so many is held out for validation.</summary>
    public const int HoldOut = 6;

    public static Command Create(Terminal terminal)
    {
        SynthConfig usual = new();
        Argument<string> output = new("OUT") { Description = "Folder for leftImg8bit and gtFine." };
        Option<string> count = new("--count") { Description = $"Scenes in all, of which one in {HoldOut} is held out as val; {usual.Train + usual.Val} by default.", HelpName = "N" };
        Option<string> seed = new("--seed") { Description = "The same seed gives the same scenes; 1 by default.", HelpName = "N" };
        Option<string> size = new("--size") { Description = $"Size of the scenes in pixels; {usual.Width}x{usual.Height} by default.", HelpName = "WxH" };
        Option<string> threads = new("--threads") { Description = "Threads that draw; as many as there are processors by default.", HelpName = "N" };
        ExampleCommand command = new("synth", "Draw street scenes with exact masks, in Cityscapes' layout and with its label ids.",
            "seg synth scenes --count 240 --size 512x256 --seed 1")
        {
            output, count, seed, size, threads,
        };
        command.Do(terminal, (parsed, terminal, cancellation) =>
        {
            var config = usual with
            {
                Seed = NumberOptions.Whole("--seed", parsed.GetValue(seed) ?? $"{usual.Seed}", minimum: 0),
                Threads = parsed.GetValue(threads) is { } number ? NumberOptions.Whole("--threads", number, minimum: 1) : 0,
            };
            if (parsed.GetValue(count) is { } text)
                config = WithCount(config, NumberOptions.Whole("--count", text, minimum: 1));
            if (parsed.GetValue(size) is { } extent && NumberOptions.Shape("--size", extent, 2, 2, "512x256") is [var width, var height])
                config = config with { Width = (int)width, Height = (int)height };
            var folder = parsed.GetRequiredValue(output);
            using var line = new ProgressLine(terminal);
            StreetScenes.Write(folder, config, new CountReport(line, config.Train + config.Val, "scenes"), cancellation);
            line.Clear();
            terminal.Output.WriteLine($"{config.Train} scenes to train on and {config.Val} to validate, {config.Width}x{config.Height}, in {folder}");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>So many scenes in all, some of them held out.</summary>
    public static SynthConfig WithCount(SynthConfig config, int count)
    {
        var heldOut = count / HoldOut;
        return config with { Train = count - heldOut, Val = heldOut };
    }
}
