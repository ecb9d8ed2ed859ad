using Seg.Models;
using Seg.Predict.Review;

namespace Seg.Predict.Jobs;

/// <summary>The review that a prediction leaves of its images, and of some frames of its videos.</summary>
internal sealed class PredictionReview
{
    private readonly string folder;
    private readonly int framesOfVideo;
    private ReviewWriter? writer;

    /// <param name="folder">Of the results.</param>
    /// <param name="framesOfVideo">Most frames of each video.</param>
    /// <exception cref="InputException">The folder has a page that is no review's.</exception>
    public PredictionReview(string folder, int framesOfVideo)
    {
        (this.folder, this.framesOfVideo) = (folder, framesOfVideo);
        ReviewPage.RequireNoOther(folder);
    }

    /// <summary>The page; null before <see cref="Finish"/>, and where there was no image.</summary>
    public string? Page { get; private set; }

    /// <summary>The frames of a video that are shown.</summary>
    public FrameSampling SamplingOf(double frameRate, int frames) => new(framesOfVideo, frameRate, frames);

    /// <param name="files">What was written of the image.</param>
    public void Add<TResult>(IPredictionTask<TResult> task, SourceImage image, TResult result, IReadOnlyList<string> files)
        where TResult : class
    {
        using var stage = PredictionStages.Begin(PredictionStages.Review);
        writer ??= new ReviewWriter(folder, task.Subject);
        writer.Add(task.ItemOf(image, result, files));
    }

    /// <summary>Writes the page.</summary>
    public void Finish() => Page = writer?.Finish();
}
