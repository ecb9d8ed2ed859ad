using System.Globalization;
using Seg.Train;

namespace Seg.Cli.Display;

/// <summary>The words in which a training run is reported, by whichever display.</summary>
internal static class TrainingText
{
    public static string Started(StartReport report) =>
        $"{report.TrainingItems} training and {report.ValidationItems} validation {report.Items}, {Number(report.Parameters)} parameters, {report.Device}{(report.Ranks > 1 ? $" on each of {report.Ranks} ranks" : "")}; " +
        $"{report.Epochs} epochs of {report.StepsPerEpoch} steps{(report.FirstStep > 0 ? $", going on after step {report.FirstStep}" : "")}; run in {report.RunDirectory}" +
        (report.Weights is { } weights ? $"\nweights: {weights.Summary()}" : "");

    public static string Step(StepReport report) => Invariant(
        $"epoch {report.Epoch}/{report.Epochs}  step {report.Step}/{report.StepsPerEpoch}  loss {report.Loss:F4}  lr {LearningRate(report)}  {report.ImagesPerSecond:F1} images/s  eta {Duration(report.Eta)}");

    public static string Validated(ValidationReport report)
    {
        var scores = report.Scores.All.Where(score => score.IsHeadline).Select(score => Invariant($"{score.Kind.Title} {Score(score.Value)}"));
        var rank = report.IsBest ? "best so far" : $"(best {Score(report.BestScore)})";
        return Invariant($"epoch {report.Epoch}/{report.Epochs}  train loss {report.TrainLoss:F4}  val {string.Join("  ", scores)}  {rank}");
    }

    /// <summary>What came of the run, and where it lies.</summary>
    public static string Finished(TrainingResult result)
    {
        var best = result.BestScore is { } score ? Invariant($"best {result.Score.Title} {score:F4} in epoch {result.BestEpoch}: {result.BestModel}") : $"last weights: {result.LastModel}";
        return result.Reason switch
        {
            StopReason.Interrupted => $"interrupted after {result.Steps} steps and saved; --resume goes on. {best}",
            StopReason.OutOfTime => $"time is up: stopped after {result.Steps} steps in {Duration(result.Elapsed)} and saved; --resume goes on. {best}",
            StopReason.NoImprovement => $"ended after {result.Epochs} epochs in {Duration(result.Elapsed)}, as validations had stopped getting better; {best}",
            _ => $"done in {Duration(result.Elapsed)}; {best}",
        };
    }

    public static string LearningRate(StepReport report) => Invariant($"{report.LearningRate:0.0000##}");

    /// <summary>3:05, 1:02:03.</summary>
    public static string Duration(TimeSpan time) => time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);

    /// <summary>Four places; a dash for what is not a number.</summary>
    public static string Score(double? score) => score is { } known && double.IsFinite(known) ? Invariant($"{known:F4}") : "-";

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
