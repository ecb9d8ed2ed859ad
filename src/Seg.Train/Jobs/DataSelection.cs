using Seg.Models;
using Seg.Predict.Review;

namespace Seg.Train.Jobs;

/// <summary>Makes a list of images of what was decided in a review, for <c>data.lists</c>. What <c>seg data select</c> does.</summary>
/// <param name="Images">Images that were written to the list.</param>
/// <param name="Missing">Those among them whose files are not there any more.</param>
public sealed record DataSelection(int Images, int Missing)
{
    /// <param name="review">The decisions as JSON, as the page exports them.</param>
    /// <param name="decisions">Words with commas between them: accepted, rejected, flagged, undecided.</param>
    /// <param name="list">The file to write: full paths, one a line.</param>
    /// <exception cref="InputException">A decision is unknown, the review's file is faulty, or no image was decided so.</exception>
    public static DataSelection Write(string review, string decisions, string list)
    {
        var wanted = decisions.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (wanted.Length == 0 || wanted.Except(ReviewDecisions.All).Any())
        {
            throw new InputException($"--decision is '{decisions}'; it can be {string.Join(", ", ReviewDecisions.All)}, "
                + "or several of these with commas between.");
        }
        var items = ReviewDecisions.Read(review);
        string[] images = [.. items.Where(item => wanted.Contains(item.Decision)).Select(item => item.Source).Distinct()];
        if (images.Length == 0)
            throw new InputException($"None of the {items.Count} items of '{review}' is {string.Join(" or ", wanted)}; nothing was written.");
        if (images.FirstOrDefault(image => image.AsSpan().ContainsAny('\r', '\n')) is { } torn)
        {
            throw new InputException($"'{torn.ReplaceLineEndings("↵")}' has a line end in its name, which a list cannot hold; "
                + "rename the file and predict it again.");
        }
        AtomicFile.WriteText(list, string.Concat(images.Select(image => image + "\n")), isLasting: true);
        return new DataSelection(images.Length, images.Count(image => !File.Exists(image)));
    }
}
