using Seg.Models;
using Seg.Predict.Review;

namespace Seg.Predict.Jobs;

/// <summary>The review that a prediction leaves of its images.</summary>
internal sealed class PredictionReview
{
    private readonly string folder;
    private ReviewWriter? writer;

    /// <param name="folder">Of the results.</param>
    /// <exception cref="InputException">The folder has a page that is no review's.</exception>
    public PredictionReview(string folder)
    {
        this.folder = folder;
        ReviewPage.RequireNoOther(folder);
    }

    /// <summary>The page; null before <see cref="Finish"/>, and where there was no image.</summary>
    public string? Page { get; private set; }

    /// <param name="files">What was written of the image.</param>
    public void Add<TResult>(IPredictionTask<TResult> task, SourceImage image, TResult result, IReadOnlyList<string> files)
        where TResult : class
    {
        writer ??= new ReviewWriter(folder, task.Subject);
        writer.Add(task.ItemOf(image, result, files));
    }

    /// <summary>Writes the page.</summary>
    public void Finish() => Page = writer?.Finish();
}
