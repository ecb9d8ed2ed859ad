using System.Globalization;
using Seg.Train;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Seg.Cli.Display;

/// <summary>A training run as a table that is drawn over itself; what stays (validations, warnings) scrolls by above it.</summary>
internal sealed class LiveTrainingDisplay : ITrainingProgress
{
    private const int BarWidth = 40;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly IAnsiConsole console;
    private readonly LiveDisplayContext live;
    private DateTime lastDrawn;
    private StepReport? step;
    private string? activity;
    private string items = "images", scoreTitle = "score";
    private double? best;

    private LiveTrainingDisplay(IAnsiConsole console, LiveDisplayContext live) => (this.console, this.live) = (console, live);

    public static TrainingResult Run(Terminal terminal, Func<ITrainingProgress, TrainingResult> train)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Output) });
        var result = console.Live(new Text("reading the data …")).AutoClear(true).Start(live => train(new LiveTrainingDisplay(console, live)));
        terminal.Output.WriteLine(TrainingText.Finished(result));
        return result;
    }

    public void Started(StartReport report)
    {
        (items, scoreTitle) = (report.Items, report.Score.Title);
        Print(TrainingText.Started(report));
    }

    public void Step(StepReport report)
    {
        (step, activity) = (report, null);
        Draw(always: report.Step == report.StepsPerEpoch);
    }

    public void Validating(int done, int total)
    {
        activity = $"validating: {done} of {total} {items}";
        Draw(always: done == total);
    }

    public void Validated(ValidationReport report)
    {
        best = report.BestScore;
        Print(TrainingText.Validated(report));
    }

    public void Saved(string path) { }

    public void Warning(string message) => Print(message);

    /// <summary>Printed when the live part is gone; see <see cref="Run"/>.</summary>
    public void Finished(TrainingResult result) { }

    private void Print(string line)
    {
        // A line that is written through the console scrolls by above the live part.
        console.WriteLine(line);
        Draw(always: true);
    }

    private void Draw(bool always)
    {
        if (step is null || (!always && DateTime.UtcNow - lastDrawn < Interval))
            return;
        lastDrawn = DateTime.UtcNow;
        live.UpdateTarget(Table(step));
    }

    private IRenderable Table(StepReport report)
    {
        var done = (report.Epoch - 1 + report.Step / (double)report.StepsPerEpoch) / report.Epochs;
        var filled = (int)(done * BarWidth);
        var table = new Table().Border(TableBorder.Rounded).AddColumns("epoch", "step", "loss", "learning rate", "images/s", "waiting for data", $"best {scoreTitle}", "time left");
        table.AddRow(
            $"{report.Epoch}/{report.Epochs}", $"{report.Step}/{report.StepsPerEpoch}", Invariant($"{report.Loss:F4}"), TrainingText.LearningRate(report),
            Invariant($"{report.ImagesPerSecond:F1}"), Invariant($"{report.DataWait:P0}"), TrainingText.Score(best),
            TrainingText.Duration(report.Eta));
        var bar = new Markup(Invariant($"[green]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/] {done * 100:F0} %  {activity}"));
        return new Rows(table, bar);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
