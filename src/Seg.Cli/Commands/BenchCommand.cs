using System.CommandLine;
using System.Globalization;
using Seg.Cli.Options;
using Seg.Models;
using Seg.Train.Jobs;

namespace Seg.Cli.Commands;

/// <summary><c>seg bench</c>: how long a network takes.</summary>
internal static class BenchCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = ConfigOptions.ConfigOrModel();
        Option<string> input = new("--input") { Description = "Shape of one image, CxHxW; the network's usual one by default.", HelpName = "SHAPE" };
        Option<string> batch = new("--batch") { Description = "Images a run; 1 by default.", HelpName = "N" };
        Option<bool> train = new("--train") { Description = "Time a training step (forward, loss, backward, optimizer) instead of a forward pass." };
        Option<bool> graphs = new("--cuda-graphs") { Description = "Make the training step a CUDA graph, on a GPU." };
        Option<string> runs = new("--runs") { Description = "Timed runs; 30 by default.", HelpName = "N" };
        Option<string> warmUp = new("--warm-up") { Description = "Runs before those; 5 by default.", HelpName = "N" };
        Option<string> json = new("--json") { Description = "Also write the result to this file.", HelpName = "FILE" };
        var compute = new ComputeOptions("auto, fp32, bf16, fp16 or int8", predicts: true);
        var set = ConfigOptions.Set();
        ExampleCommand command = new("bench", "Time a network on random images, made ready as for prediction: batch norm folded, channels innermost.",
            "seg bench seg_hrnet_w18s --input 3x512x1024 --precision bf16",
            "seg bench configs/camvid/hrnet_w18s.yaml --train --batch 8 --json step.json")
        {
            model, input, batch, train, graphs, runs, warmUp, json,
        };
        compute.AddTo(command);
        command.Add(set);
        command.Do(terminal, (parsed, terminal, cancellation) =>
        {
            compute.UseThreads(parsed);
            var result = BenchmarkJob.Run(new BenchmarkRequest
            {
                Model = parsed.GetRequiredValue(model),
                Overrides = parsed.GetValue(set)!,
                Input = parsed.GetValue(input) is { } text ? NumberOptions.Shape("--input", text, 2, 4, "3x512x1024") : null,
                Batch = NumberOptions.Whole("--batch", parsed.GetValue(batch) ?? "1", minimum: 1),
                Train = parsed.GetValue(train),
                CudaGraphs = parsed.GetValue(graphs),
                Compilation = compute.CompilationOf(parsed),
                Device = compute.Device(parsed, fixedShapes: true),
                Precision = compute.PrecisionOf(parsed),
                Runs = NumberOptions.Whole("--runs", parsed.GetValue(runs) ?? "30", minimum: 1),
                WarmUp = NumberOptions.Whole("--warm-up", parsed.GetValue(warmUp) ?? "5", minimum: 0),
            }, cancellation);
            terminal.Output.WriteLine($"{result.Model}, {result.Mode}, {string.Join('x', result.Input)}, {result.Precision}, {result.Device}, {result.Threads} threads, {result.Runtime}{(result.Form is { } form ? $", {form}" : "")}");
            terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"median {result.Median:F2} ms, p90 {result.P90:F2} ms over {result.Milliseconds.Length} runs; {result.ImagesPerSecond:F2} images/s"));
            if (parsed.GetValue(json) is { } path)
                AtomicFile.WriteText(path, result.ToJson() + "\n");
            return ExitCode.Done;
        });
        return command;
    }
}
