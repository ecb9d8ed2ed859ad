using System.CommandLine;
using System.Globalization;
using Seg.Cli.Options;
using Seg.Train.Jobs;

namespace Seg.Cli.Commands;

/// <summary><c>seg convert</c>: weights from PyTorch's format to .safetensors and back.</summary>
internal static class ConvertCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> input = new("IN") { Description = "Weights to read: .pth, .pt (no code in them is run) or .safetensors." };
        Argument<string> output = new("OUT") { Description = "File to write: .safetensors, or .pth or .pt for Python's torch.load." };
        Option<string> model = new("--model")
        {
            Description = "Network that the weights are of: its keys and shapes are checked, and a .safetensors then describes itself.",
            HelpName = "CONFIG",
        };
        var set = ConfigOptions.Set();
        ExampleCommand command = new("convert", "Convert weights between .pth and .safetensors.",
            "seg convert hrnet_w18.pth hrnet_w18.safetensors --model seg_hrnet_w18",
            "seg convert runs/camvid_hrnet_w18s/best.safetensors best.pth")
        {
            input, output, model, set,
        };
        command.Do(terminal, (parsed, terminal, _) =>
        {
            var path = parsed.GetRequiredValue(output);
            var result = ConversionJob.Run(new ConversionRequest
            {
                Input = parsed.GetRequiredValue(input),
                Output = path,
                Model = parsed.GetValue(model),
                Overrides = parsed.GetValue(set)!,
            });
            terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {result.Tensors} tensors, {result.Numbers:N0} numbers, {result.Content}"));
            return ExitCode.Done;
        });
        return command;
    }
}
