using System.CommandLine;
using Seg.Cli.Options;
using Seg.Train.Jobs;

namespace Seg.Cli.Commands;

/// <summary><c>seg forward</c>: the bare network from array to array, for comparison with other implementations.</summary>
internal static class ForwardCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = ConfigOptions.ConfigOrModel();
        Option<string> weights = new("--weights") { Description = "Weights for the network (.pth or .safetensors); random ones by default, of a model its own.", HelpName = "FILE" };
        Option<string> input = new("--input") { Description = "The input, such as (N, 3, H, W).", HelpName = "X.npy", Required = true };
        Option<string> output = new("--output") { Description = "The output; with several outputs Y_0.npy, Y_1.npy, …", HelpName = "Y.npy", Required = true };
        Option<string> seed = new("--seed") { Description = "Of random weights; 0 by default.", HelpName = "N" };
        Option<string> threads = new("--threads") { Description = "Processor threads of the network; one for each core by default.", HelpName = "N" };
        var set = ConfigOptions.Set();
        ExampleCommand command = new("forward", "Run the bare network once, in eval mode and float32.",
            "seg forward seg_hrnet_w18s --weights weights.pth --input x.npy --output y.npy")
        {
            model, weights, input, output, seed, threads, set,
        };
        command.Do(terminal, (parsed, terminal, _) =>
        {
            TorchSharp.torch.set_num_threads(parsed.GetValue(threads) is { } count ? NumberOptions.Whole("--threads", count, minimum: 1) : ProcessorCores.Count);
            var written = ForwardJob.Run(new ForwardRequest
            {
                Model = parsed.GetRequiredValue(model),
                Overrides = parsed.GetValue(set)!,
                Weights = parsed.GetValue(weights),
                Seed = NumberOptions.Whole("--seed", parsed.GetValue(seed) ?? "0", minimum: 0),
                Input = parsed.GetRequiredValue(input),
                Output = parsed.GetRequiredValue(output),
            });
            foreach (var (path, shape) in written)
                terminal.Output.WriteLine($"{path}: {string.Join('x', shape)}");
            return ExitCode.Done;
        });
        return command;
    }
}
