using System.CommandLine;
using Seg.Cli.Display;
using Seg.Cli.Options;
using Seg.Models;
using Seg.Train.Jobs;

namespace Seg.Cli.Commands;

/// <summary><c>seg eval</c>: scores a trained model on labelled images.</summary>
internal static class EvalCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> model = new("MODEL") { Description = "Trained model (.safetensors)." };
        Option<string> data = new("--data") { Description = "The data set's folder; that of the model's run by default.", HelpName = "DIR" };
        Option<string> config = new("--config") { Description = "Config whose data: section says how the data are laid out; that of the model's run by default.", HelpName = "CONFIG" };
        Option<string> split = new("--split") { Description = "Part of the data; val by default.", HelpName = "NAME" };
        Option<string> boxes = new("--boxes")
        {
            Description = "Of pose: a detector's boxes, in the form of COCO's results, or 'annotations'; as the config says by default.",
            HelpName = "FILE",
        };
        Option<string> json = new("--json") { Description = "Also write all scores to this file.", HelpName = "FILE" };
        Option<string> review = new("--review") { Description = "Also write a page of all images with their errors to this folder.", HelpName = "DIR" };
        Option<string> sheet = new("--sheet")
        {
            Description = $"Of pose: also draw the true and the predicted people of {EvaluationJob.SheetImages} images on one picture.",
            HelpName = "FILE",
        };
        var compute = new ComputeOptions("auto, fp32, bf16, fp16 or int8", predicts: true);
        var views = new ViewCommandOptions();
        var set = ConfigOptions.Set();
        ExampleCommand command = new("eval", "Score a trained model: mean IoU and the IoU of each class, or AP and PCK of keypoints.",
            "seg eval runs/camvid_hrnet_w18s/best.safetensors --data ../camvid --split val --json scores.json",
            "seg eval runs/camvid_hrnet_w18s/best.safetensors --review review",
            "seg eval runs/camvid_hrnet_w18s/best.safetensors --scales 0.75,1,1.25 --flip-test",
            "seg eval runs/coco_pose_hrnet_w32_256x192/best.safetensors --boxes detections.json --set data.flip_test=false")
        {
            model, data, config, split, boxes, json, review, sheet,
        };
        views.AddTo(command);
        compute.AddTo(command);
        command.Add(set);
        command.Do(terminal, (parsed, terminal, cancellation) =>
        {
            compute.UseThreads(parsed);
            var request = new EvaluationRequest
            {
                Model = parsed.GetRequiredValue(model),
                Data = parsed.GetValue(data),
                Config = parsed.GetValue(config),
                Overrides = parsed.GetValue(set)!,
                Split = parsed.GetValue(split) ?? "val",
                Boxes = parsed.GetValue(boxes),
                Review = parsed.GetValue(review),
                Sheet = parsed.GetValue(sheet),
                Predictor = views.Apply(compute.Predictor(parsed, terminal), parsed),
            };
            using var line = new ProgressLine(terminal);
            var result = EvaluationJob.Run(request, (done, total) => line.Show($"{done} of {total}"), cancellation);
            line.Clear();
            ScoreTable.Write(terminal.Output, result);
            if (parsed.GetValue(json) is { } path)
                AtomicFile.WriteText(path, result.ToJson() + "\n");
            if (request.Review is not null)
                terminal.Output.WriteLine($"look at {Path.Combine(request.Review, "index.html")}");
            if (request.Sheet is not null)
                terminal.Output.WriteLine($"look at {request.Sheet}");
            return ExitCode.Done;
        });
        return command;
    }
}
