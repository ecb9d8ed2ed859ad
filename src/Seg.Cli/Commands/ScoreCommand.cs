using System.CommandLine;
using Seg.Cli.Display;
using Seg.Models;
using Seg.Train.Jobs;

namespace Seg.Cli.Commands;

/// <summary><c>seg score</c>: scores the results of any tool.</summary>
internal static class ScoreCommand
{
    public static Command Create(Terminal terminal) =>
        new ExampleCommand("score", "Score the results of any tool against the truth.",
            "seg score masks --truth gtFine/val --predicted results --classes cityscapes",
            "seg score keypoints --truth person_keypoints_val2017.json --detections results.json")
        {
            CreateMasks(terminal),
            ScoreKeypointsCommand.Create(terminal),
        };

    private static ExampleCommand CreateMasks(Terminal terminal)
    {
        Option<string> truth = new("--truth") { Description = "Folder of the true masks.", HelpName = "DIR", Required = true };
        Option<string> predicted = new("--predicted") { Description = "Folder of the predicted masks.", HelpName = "DIR", Required = true };
        Option<string> classes = new("--classes")
        {
            Description = "cityscapes, ade20k, camvid, lip, pascal_voc, pascal_context, pascal_context60, or a class list (.txt, .yaml).",
            HelpName = "NAME|FILE",
            Required = true,
        };
        Option<bool> indices = new("--indices")
        {
            Description = "Predicted masks hold class indices 0, 1, 2, …, as 'seg predict' writes them, instead of the truth's values.",
        };
        Option<string> json = new("--json") { Description = "Also write all scores to this file.", HelpName = "FILE" };
        ExampleCommand command = new("masks", "Mean IoU, IoU of each class and confusion matrix of id masks, by the rules of cityscapesScripts.",
            "seg score masks --truth gtFine/val --predicted results --classes cityscapes --json scores.json",
            "seg score masks --truth masks/val --predicted out --classes classes.txt --indices")
        {
            truth, predicted, classes, indices, json,
        };
        command.Do(terminal, (parsed, terminal, cancellation) =>
        {
            MaskScoreRequest request = new()
            {
                Truth = parsed.GetRequiredValue(truth),
                Predicted = parsed.GetRequiredValue(predicted),
                Classes = parsed.GetRequiredValue(classes),
                Indices = parsed.GetValue(indices),
            };
            using var line = new ProgressLine(terminal);
            var result = MaskScoreJob.Run(request, (done, total) => line.Show($"{done} of {total} masks"), cancellation);
            line.Clear();
            ScoreTable.Write(terminal.Output, result.Scores);
            if (result.MeanCategoryIoU is { } categories)
                terminal.Output.WriteLine(FormattableString.Invariant($"mean IoU of the categories {categories:F4}"));
            if (result.Unmatched > 0)
                terminal.Error.WriteLine($"seg: {result.Unmatched} predicted masks have no true one and were left alone");
            if (parsed.GetValue(json) is { } path)
                AtomicFile.WriteText(path, result.ToJson() + "\n");
            return ExitCode.Done;
        });
        return command;
    }
}
