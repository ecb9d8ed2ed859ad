using System.CommandLine;
using System.Globalization;
using Seg.Cli.Display;
using Seg.Cli.Options;
using Seg.Predict.Jobs;

namespace Seg.Cli.Commands;

/// <summary><c>seg predict</c>: overlays, masks and keypoints of images and videos.</summary>
internal static class PredictCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> model = new("MODEL")
        {
            Description = "Trained model (.safetensors); it says whether pixels get classes or persons are found.",
        };
        Argument<string[]> inputs = new("INPUT")
        {
            Description = "Images, videos, folders, patterns such as 'photos/**/*.jpg', lists of them (@files.txt, or - for standard "
                + "input, which may also be an image), cameras (camera:0), and streams (rtsp://..., http://...).",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string> output = new("--out", "-o") { Description = "Folder for the results.", HelpName = "DIR", Required = true };
        Option<string> save = new("--save")
        {
            Description = "What to write, with commas between: overlay (default), side-by-side, json; of segmentation also contours, confidence, "
                + "mask, classes, ids, ids16, cityscapes, coco, coco-polygons, probabilities, probabilities16.",
            HelpName = "WHAT",
        };
        var drawing = new DrawingOptions();
        var views = new ViewCommandOptions();
        var pose = new PoseOptions();
        Option<string> frames = new("--frames")
        {
            Description = "Take so many frames of each video or stream; all by default.",
            HelpName = "N",
        };
        Option<bool> noReview = new("--no-review") { Description = "Leave out index.html, on which the images can be looked through, and its files." };
        Option<string> reviewFrames = new("--review-frames")
        {
            Description = "Show at most so many frames of each video on that page, one a second or fewer; 50 by default, 0 for none.",
            HelpName = "N",
        };
        var compute = new ComputeOptions("auto, fp32, bf16, fp16 or int8", predicts: true);
        ExampleCommand command = new("predict",
            "Segment images and videos, or find the persons in them, and write overlays. "
            + "An input that cannot be read is named, the others are done, and the exit code is 2.",
            "seg predict runs/camvid_hrnet_w18s/best.safetensors photos drive.mp4 --out overlays",
            "seg predict best.safetensors 'photos/*.jpg' --out results --save overlay,mask,json",
            "seg predict best.safetensors photos --out results --save contours,confidence --palette colors.yaml --labels",
            "seg predict best.safetensors camera:0 --out recordings --frames 500",
            "seg predict best.safetensors city.tif --window 1024x1024 --flip-test --out map",
            "seg predict pose.safetensors photos --boxes detections.json --out people --save overlay,json",
            "seg predict pose.safetensors dance.mp4 --track --smooth --out people")
        {
            model, inputs, output, save, frames, noReview, reviewFrames,
        };
        drawing.AddTo(command);
        views.AddTo(command);
        pose.AddTo(command);
        compute.AddTo(command);
        command.Do(terminal, (parsed, terminal, cancellation) =>
        {
            compute.UseThreads(parsed);
            var request = new PredictRequest
            {
                Model = parsed.GetRequiredValue(model),
                Inputs = parsed.GetRequiredValue(inputs),
                StandardInput = terminal.Input,
                Frames = parsed.GetValue(frames) is { } most ? NumberOptions.Whole("--frames", most, minimum: 1) : null,
                Output = parsed.GetRequiredValue(output),
                Save = PredictionOutputNames.Parse(parsed.GetValue(save) ?? "overlay"),
                Review = !parsed.GetValue(noReview),
                ReviewFrames = parsed.GetValue(reviewFrames) is { } shown
                    ? NumberOptions.Whole("--review-frames", shown, minimum: 0)
                    : PredictRequest.UsualReviewFrames,
                Predictor = views.Apply(compute.Predictor(parsed, terminal), parsed),
                Overlay = drawing.Overlay(parsed),
                Palette = drawing.Palette(parsed),
                Pose = pose.Request(parsed),
            };
            using var line = new ProgressLine(terminal);
            PredictionProgressText text = new();
            var summary = PredictionJob.Run(request, progress => line.Show(text.Of(progress)), cancellation);
            line.Clear();
            return Report(summary, terminal);
        });
        return command;
    }

    /// <summary>Prints what came of a prediction.</summary>
    public static int Report(PredictionSummary summary, Terminal terminal)
    {
        foreach (var warning in summary.Warnings)
            terminal.Error.WriteLine($"seg: {warning}");
        foreach (var failure in summary.Failures)
            terminal.Error.WriteLine($"seg: {failure.Message}");
        List<string> counts = [];
        if (summary.Images > 0)
            counts.Add(Count(summary.Images, "image"));
        if (summary.Videos > 0)
            counts.Add($"{Count(summary.Videos, "video")} of {Count(summary.Frames, "frame")}");
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{string.Join(" and ", counts)} in {summary.Elapsed.TotalSeconds:F1} s ({summary.ImagesPerSecond:F1} images/s); {Count(summary.Files.Count, "file")} in {summary.Output}"));
        if (summary.Stages.Count > 0 && summary.Images + summary.Frames > 0)
            terminal.Output.WriteLine($"each: {string.Join(", ", summary.Stages.Select(stage => PerImage(stage.Stage, stage.Time, summary)))}, side by side");
        if (summary.Failures.Count > 0)
            terminal.Output.WriteLine($"{Count(summary.Failures.Count, "input")} could not be predicted");
        foreach (var note in summary.Notes)
            terminal.Output.WriteLine(note);
        if (summary.Review is not null)
            terminal.Output.WriteLine($"look at {summary.Review}");
        return summary.Failures.Count > 0 ? ExitCode.WrongInput : ExitCode.Done;
    }

    private static string PerImage(string stage, TimeSpan time, PredictionSummary summary) =>
        string.Create(CultureInfo.InvariantCulture, $"{stage} {time.TotalMilliseconds / (summary.Images + summary.Frames):F1} ms");

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";
}
