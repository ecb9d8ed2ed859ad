using System.CommandLine;
using Seg.Predict.Review;

namespace Seg.Cli.Commands;

/// <summary><c>seg review</c>: writes the page of a folder of predictions anew.</summary>
internal static class ReviewCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> folder = new("DIR") { Description = "Folder that 'seg predict --out' or 'seg eval --review' has written to." };
        ExampleCommand command = new("review",
            "Rebuild the page on which predictions are looked through: after an interrupted run, or after files of it were deleted.",
            "seg review results")
        {
            folder,
        };
        command.Do(terminal, (parsed, terminal, _) =>
        {
            var (page, items, leftOut) = ReviewPage.Build(parsed.GetRequiredValue(folder));
            if (leftOut > 0)
            {
                terminal.Error.WriteLine($"seg: {leftOut} of the items {(leftOut == 1 ? "was" : "were")} left out: the record is damaged or the picture "
                    + "is gone; predict again what is missing.");
            }
            terminal.Output.WriteLine($"{items} {(items == 1 ? "item" : "items")}; look at {page}");
            return ExitCode.Done;
        });
        return command;
    }
}
