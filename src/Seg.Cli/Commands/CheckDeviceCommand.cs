using System.CommandLine;
using System.Globalization;
using Seg.Cli.Options;
using Seg.Models;
using Seg.Train.DeviceChecks;

namespace Seg.Cli.Commands;

/// <summary><c>seg check-device</c>: whether a GPU computes what the CPU computes.</summary>
internal static class CheckDeviceCommand
{
    private const string NoGpu = "No GPU is used: comparing the CPU's float32 and bfloat16 with its own float64, which says nothing about a GPU.";

    public static Command Create(Terminal terminal)
    {
        Option<bool> quick = new("--quick") { Description = "A few small networks on small images, instead of all: minutes on a CPU." };
        Option<string[]> only = new("--only")
        {
            Description = "Compare this network of configs/models, or 'blocks' for the bare blocks; repeatable.",
            HelpName = "NAME",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string> steps = new("--steps")
        {
            Description = "Steps of training in each precision; 0 for none. 100 by default, 12 where quick or on a CPU.",
            HelpName = "N",
        };
        Option<string> json = new("--json") { Description = "Also write the result to this file.", HelpName = "FILE" };
        var compute = new ComputeOptions(precisions: null);
        ExampleCommand command = new("check-device",
            "Compare a GPU with the CPU: outputs, gradients and predictions of every block and network, and some steps of training. Needs no images.",
            "seg check-device --device cuda --json check.json", "seg check-device --quick --only seg_hrnet_w18s")
        {
            quick, only, steps, json,
        };
        compute.AddTo(command);
        command.Do(terminal, (parsed, terminal, cancellation) =>
        {
            compute.UseThreads(parsed);
            DeviceCheckRequest request = new()
            {
                Device = compute.Device(parsed),
                Quick = parsed.GetValue(quick),
                Only = parsed.GetValue(only) is { Length: > 0 } names ? names : null,
                Steps = parsed.GetValue(steps) is { } text ? NumberOptions.Whole("--steps", text, minimum: 0) : null,
            };
            terminal.Output.WriteLine(request.Device.type == TorchSharp.DeviceType.CUDA ? $"Comparing {request.Device} with the CPU." : NoGpu);
            terminal.Output.WriteLine("Errors are relative to what the CPU computes in float64; one beyond its limit has a '!'.");
            var report = DeviceCheckJob.Run(
                request, finding => terminal.Output.WriteLine(Line(finding)), finding => terminal.Output.WriteLine(Line(finding)), cancellation);
            terminal.Output.WriteLine(report.Passed
                ? $"All {report.Findings.Count} comparisons are within their limits, and the network learns in all of {report.Trainings.Count} trainings."
                : $"Failed: {report.Findings.Count(finding => !finding.IsWithin)} of {report.Findings.Count} comparisons are beyond a limit, " +
                    $"{report.Trainings.Count(finding => !finding.Passes)} of {report.Trainings.Count} trainings do not learn, or not alike as a CUDA graph.");
            if (parsed.GetValue(json) is { } path)
                AtomicFile.WriteText(path, report.ToJson() + "\n");
            return report.Passed ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    /// <summary>Numbers first: names of blocks say how they are set, and are long.</summary>
    private static string Line(DeviceFinding finding) => $"{string.Join("  ", finding.Errors.Select(Text))}  {finding.Name}";

    private static string Text(DeviceError error) =>
        string.Create(CultureInfo.InvariantCulture, $"{error.Check} {error.Error:0.0e-0}{(error.IsWithin ? ' ' : '!')}");

    private static string Line(TrainingFinding finding)
    {
        if (finding.Fault is not null)
            return $"training in {finding.Precision} as a CUDA graph: {finding.Fault}!";
        var mark = finding.GraphDifference is null or <= TrainingFinding.GraphLimit ? "" : "!";
        var graph = finding.GraphDifference is { } difference
            ? string.Create(CultureInfo.InvariantCulture, $" as a CUDA graph, losses apart by {difference:P2}{mark}")
            : "";
        var skipped = finding.SkippedSteps > 0 ? $"  {finding.SkippedSteps} steps skipped" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"training in {finding.Precision}{graph}: loss {finding.Losses[0]:F3} to {finding.Losses[^1]:F3} in {finding.Losses.Count} steps" +
            $"{(finding.Learns ? "" : "!")}  {finding.PixelAccuracy:P1} of unseen pixels right  {finding.ImagesPerSecond:F1} images/s{skipped}");
    }
}
