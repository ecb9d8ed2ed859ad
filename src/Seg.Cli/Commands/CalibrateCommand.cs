using System.CommandLine;
using Seg.Cli.Display;
using Seg.Cli.Options;
using Seg.Train.Jobs;
using static TorchSharp.torch;

namespace Seg.Cli.Commands;

/// <summary><c>seg calibrate</c>: makes a trained model ready for int8.</summary>
internal static class CalibrateCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> model = new("MODEL") { Description = "Trained model (.safetensors)." };
        Option<string> output = new("--out", "-o") { Description = "Where the calibrated model goes (.safetensors).", HelpName = "FILE", Required = true };
        Option<string> data = new("--data") { Description = "The data set's folder; that of the model's run by default.", HelpName = "DIR" };
        Option<string> config = new("--config") { Description = "Config whose data: section says how the data are laid out; that of the model's run by default.", HelpName = "CONFIG" };
        Option<string> images = new("--images") { Description = "Training images (of top-down pose: people) that the network sees; 32 by default.", HelpName = "N" };
        Option<string> threads = new("--threads") { Description = "Processor threads of the network; one for each core by default.", HelpName = "N" };
        var set = ConfigOptions.Set();
        ExampleCommand command = new("calibrate",
            "Make a trained model ready for --precision int8: it sees training images, and the ranges of its maps are written beside its weights, which stay as they are.",
            "seg calibrate runs/camvid_hrnet_w18s/best.safetensors --data ../camvid --out best_int8.safetensors",
            "seg calibrate pose.safetensors --config configs/lspet/pose_hrnet_w32s.yaml --data ../lspet --images 64 --out pose_int8.safetensors")
        {
            model, output, data, config, images, threads, set,
        };
        command.Do(terminal, (parsed, terminal, cancellation) =>
        {
            set_num_threads(parsed.GetValue(threads) is { } text ? NumberOptions.Whole("--threads", text, minimum: 1) : ProcessorCores.Count);
            var path = parsed.GetRequiredValue(output);
            using var line = new ProgressLine(terminal);
            var calibration = CalibrationJob.Run(
                new CalibrationRequest
                {
                    Model = parsed.GetRequiredValue(model),
                    Output = path,
                    Data = parsed.GetValue(data),
                    Config = parsed.GetValue(config),
                    Overrides = parsed.GetValue(set)!,
                    Images = NumberOptions.Whole("--images", parsed.GetValue(images) ?? "32", minimum: 1),
                },
                (done, total) => line.Show($"{done} of {total}"), cancellation);
            line.Clear();
            var count = calibration.Images == 1 ? "1 image" : $"{calibration.Images} images";
            terminal.Output.WriteLine($"{path}: ranges of {calibration.Maps.Length} maps from {count}; predict with --precision int8");
            return ExitCode.Done;
        });
        return command;
    }
}
