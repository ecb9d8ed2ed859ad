using Seg.Train;

namespace Seg.Cli.Display;

/// <summary>Shows a training run: a live table where somebody watches, plain lines elsewhere.</summary>
internal static class TrainingDisplay
{
    /// <param name="isFirst">Whether this is the process, of those that train together, which says how it goes.</param>
    public static TrainingResult Run(Terminal terminal, Func<ITrainingProgress, TrainingResult> train, bool isFirst = true) =>
        !isFirst ? train(new SilentTrainingDisplay(terminal)) :
        // The live one is a method of its own, so that Spectre.Console is loaded only where it is used.
        terminal.IsOutputInteractive ? LiveTrainingDisplay.Run(terminal, train) : train(new PlainTrainingDisplay(terminal));
}
