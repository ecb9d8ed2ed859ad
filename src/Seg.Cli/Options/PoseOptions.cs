using System.CommandLine;
using System.Globalization;
using Seg.Models;
using Seg.Predict.Jobs;

namespace Seg.Cli.Options;

/// <summary>
/// What a prediction with a pose model may be told: <c>--boxes</c>, <c>--min-score</c>, <c>--track</c>, <c>--smooth</c>.
/// </summary>
internal sealed class PoseOptions
{
    private readonly Option<string> boxes = new("--boxes")
    {
        Description = "Pose: boxes of persons, as a detector's COCO results or a COCO data set (of a video: image ids are frame "
            + "numbers from 0). Without it a top-down model takes each image for one person.",
        HelpName = "FILE",
    };

    private readonly Option<string> minScore = new("--min-score")
    {
        Description = "Pose: leave out boxes and persons of a lower score; "
            + string.Create(CultureInfo.InvariantCulture, $"{PoseRequest.DefaultMinScore} by default, 0 for results that are to be scored."),
        HelpName = "SCORE",
    };

    private readonly Option<bool> track = new("--track") { Description = "Pose, videos: give each person a number that it keeps." };
    private readonly Option<bool> smooth = new("--smooth") { Description = "Pose, videos: take the shaking out of the keypoints." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[boxes, minScore, track, smooth])
            command.Add(option);
    }

    /// <exception cref="InputException">The score is no number from 0 to 1.</exception>
    public PoseRequest Request(ParseResult parsed) => new()
    {
        Boxes = parsed.GetValue(boxes),
        MinScore = parsed.GetValue(minScore) is { } text ? NumberOptions.Part("--min-score", text) : null,
        Track = parsed.GetValue(track),
        Smooth = parsed.GetValue(smooth),
    };
}
