using System.CommandLine;
using Seg.Cli.Display;
using Seg.Models;
using Seg.Train.Jobs;

namespace Seg.Cli.Commands;

/// <summary><c>seg score keypoints</c>: COCO's keypoint evaluation of any tool's results.</summary>
internal static class ScoreKeypointsCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<string> truth = new("--truth") { Description = "COCO keypoints file of the annotated persons.", HelpName = "FILE", Required = true };
        Option<string> detections = new("--detections")
        {
            Description = "COCO keypoint results: [{\"image_id\", \"category_id\", \"keypoints\", \"score\"}, …].",
            HelpName = "FILE",
            Required = true,
        };
        Option<string> sigmas = new("--sigmas")
        {
            Description = "OKS's constants, one a keypoint: a keypoint set (coco, mpii, lsp, or its YAML) or a file of numbers. Default: COCO's 17.",
            HelpName = "NAME|FILE",
        };
        Option<string> json = new("--json") { Description = "Also write all scores to this file.", HelpName = "FILE" };
        ExampleCommand command = new("keypoints", "AP and AR of detected persons by OKS, exactly by COCO's rules.",
            "seg score keypoints --truth person_keypoints_val2017.json --detections results.json",
            "seg score keypoints --truth truth.json --detections results.json --sigmas lsp --json scores.json")
        {
            truth, detections, sigmas, json,
        };
        command.Do(terminal, (parsed, terminal, cancellation) =>
        {
            KeypointScoreRequest request = new()
            {
                Truth = parsed.GetRequiredValue(truth),
                Detections = parsed.GetRequiredValue(detections),
                Sigmas = parsed.GetValue(sigmas),
            };
            var result = KeypointScoreJob.Run(request);
            KeypointScoreTable.Write(terminal.Output, result.Scores, result.KeypointNames);
            foreach (var warning in result.Warnings)
                terminal.Error.WriteLine($"seg: {warning}");
            if (parsed.GetValue(json) is { } path)
                AtomicFile.WriteText(path, result.ToJson() + "\n");
            return ExitCode.Done;
        });
        return command;
    }
}
