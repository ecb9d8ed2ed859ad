using System.Globalization;
using Seg.Train;

namespace Seg.Cli.Display;

/// <summary>The words in which a training run is reported, by whichever display.</summary>
internal static class TrainingText
{
    public static string Started(StartReport report) =>
        $"{report.TrainImages} training and {report.ValidationImages} validation images, {Number(report.Parameters)} parameters, {report.Device}; " +
        $"{report.Epochs} epochs of {report.StepsPerEpoch} steps{(report.FirstStep > 0 ? $", going on after step {report.FirstStep}" : "")}; run in {report.RunDirectory}" +
        (report.Weights is { } weights ? $"\nweights: {weights.Summary()}" : "");

    public static string Step(StepReport report) => Invariant(
        $"epoch {report.Epoch}/{report.Epochs}  step {report.Step}/{report.StepsPerEpoch}  loss {report.Loss:F4}  lr {LearningRate(report)}  {report.ImagesPerSecond:F1} images/s  eta {Duration(report.Eta)}");

    public static string Validated(ValidationReport report) => Invariant(
        $"epoch {report.Epoch}/{report.Epochs}  train loss {report.TrainLoss:F4}  val mIoU {report.Result.MeanIoU:F4}  pixel accuracy {report.Result.PixelAccuracy:F4}{(report.IsBest ? "  best so far" : Invariant($"  (best {report.BestMeanIoU:F4})"))}");

    /// <summary>What came of the run, and where it lies.</summary>
    public static string Finished(TrainingResult result)
    {
        var best = result.BestMeanIoU is { } score ? Invariant($"best mIoU {score:F4} in epoch {result.BestEpoch}: {result.BestModel}") : $"last weights: {result.LastModel}";
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

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
