using Seg.Train;

namespace Seg.Cli.Display;

/// <summary>Shows a training run: a live table where somebody watches, plain lines elsewhere.</summary>
internal static class TrainingDisplay
{
    public static TrainingResult Run(Terminal terminal, Func<ITrainingProgress, TrainingResult> train) =>
        // The live one is a method of its own, so that Spectre.Console is loaded only where it is used.
        terminal.IsOutputInteractive ? LiveTrainingDisplay.Run(terminal, train) : train(new PlainTrainingDisplay(terminal));
}
