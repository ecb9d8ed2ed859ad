using System.CommandLine;
using Seg.Predict.Review;

namespace Seg.Cli.Commands;

/// <summary><c>seg review</c>: writes the page of a folder of predictions anew.</summary>
internal static class ReviewCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> folder = new("DIR") { Description = "Folder that 'seg predict --out' or 'seg eval --review' has written to." };
        ExampleCommand command = new("review", "Rebuild the page on which predictions are looked through: after an interrupted run, or after files of it were deleted.",
            "seg review results")
        {
            folder,
        };
        command.Do(terminal, (parsed, terminal, _) =>
        {
            var (page, items, leftOut) = ReviewPage.Build(parsed.GetRequiredValue(folder));
            if (leftOut > 0)
                terminal.Error.WriteLine($"seg: {leftOut} {(leftOut == 1 ? "item was" : "items were")} left out, of which the record is damaged or the picture is gone; predict {(leftOut == 1 ? "it" : "them")} again.");
            terminal.Output.WriteLine($"{items} {(items == 1 ? "item" : "items")}; look at {page}");
            return ExitCode.Done;
        });
        return command;
    }
}
