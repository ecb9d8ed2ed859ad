using Seg.Predict.Review;
using Seg.Predict.Video;

namespace Seg.Predict.Jobs;

/// <summary>What a task, such as segmentation or pose, does within a <see cref="PredictionJob"/>: predict, draw, write.</summary>
/// <typeparam name="TResult">What the task finds in one image.</typeparam>
internal interface IPredictionTask<TResult> : IDisposable
    where TResult : class
{
    /// <summary>Things worth telling when all is done; one line each.</summary>
    IEnumerable<string> Warnings { get; }

    /// <summary>What to know about the results; one line each.</summary>
    IEnumerable<string> Notes { get; }

    /// <summary>
    /// Makes results of a stream of images, in its order; several may go through the network together. May be called several times.
    /// </summary>
    /// <param name="images">Taken over; those with a fault are handed on without a result. There is no break among them.</param>
    IEnumerable<Predicted<TResult>> Predict(IEnumerable<SourceImage> images);

    /// <summary>Writes what was asked for of one image.</summary>
    /// <param name="image">One that can be read.</param>
    void Write(SourceImage image, TResult result, ResultFiles files);

    /// <summary>What all images have in common in a review.</summary>
    ReviewSubject Subject { get; }

    /// <summary>What a review shows of one image.</summary>
    /// <param name="image">One that can be read.</param>
    /// <param name="files">What was written of it.</param>
    ReviewItem ItemOf(SourceImage image, TResult result, IReadOnlyList<string> files);

    /// <summary>What of <see cref="PredictRequest.Save"/> is drawn of videos.</summary>
    IReadOnlyList<PredictionOutputs> VideoPictures { get; }

    /// <summary>Begins to gather the results of one video.</summary>
    IVideoResults<TResult> Begin(VideoReader video);

    /// <summary>Writes what tells of all images together; called once, after all of them and before the videos.</summary>
    void Finish(ResultFiles files);
}
