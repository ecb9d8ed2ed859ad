using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Inputs;
using Seg.Predict.Video;

namespace Seg.Predict.Jobs;

/// <summary>
/// Predicts a video: videos of the results out, with the frames and the frame rate of the one that came in, and of a stream with its speed, whatever frames were
/// dropped.
/// </summary>
/// <remarks>Decoding, the network, and drawing with encoding run at the same time on neighbouring frames.</remarks>
/// <param name="mostFrames">After so many frames it ends; null: with the video.</param>
/// <param name="review">Given the frames that a review shows; null: there is none.</param>
internal sealed class VideoPrediction<TResult>(IPredictionTask<TResult> task, int? mostFrames = null, PredictionReview? review = null)
    where TResult : class
{
    /// <summary>Reads <paramref name="input"/> and writes its pictures as videos.</summary>
    /// <param name="outputs">
    /// Where each kind of picture goes (.mp4 or .avi), whole or not at all, replacing an existing file.
    /// </param>
    /// <param name="frameDone">
    /// Called after each frame that was written, on the writing thread, with its number from 1 on and the number that is to come in
    /// all, 0 where unknown.
    /// </param>
    /// <returns>What was read and written, and what was found.</returns>
    /// <exception cref="InputException">The file is missing, broken, or has no frame.</exception>
    /// <exception cref="IOException">The output cannot be written.</exception>
    /// <exception cref="OperationCanceledException">
    /// Cancelled; no half video stays. A stream ends when it is cancelled, and what came before that is written.
    /// </exception>
    public (VideoResult Video, IVideoResults<TResult> Found) Run(
        InputItem input, IReadOnlyDictionary<PredictionOutputs, string> outputs, Action<int, int>? frameDone = null,
        CancellationToken cancellation = default)
    {
        using var reader = VideoReader.Open(input);
        var declared = Math.Min(reader.DeclaredFrames, mostFrames ?? int.MaxValue);
        var expected = declared > 0 ? declared : mostFrames ?? 0;
        var source = reader.Frames().Take(mostFrames ?? int.MaxValue);
        if (input.Stream is not null)
            source = Until(cancellation, source);
        var sampling = review?.SamplingOf(reader.FrameRate, expected);
        var clock = input.Stream is null ? null : new FrameClock(reader.FrameRate);
        FrameDrift drift = new(reader.FrameRate);
        Dictionary<PredictionOutputs, VideoOutput> writers = [];
        try
        {
            var found = task.Begin(reader);
            var frames = 0;
            Pipeline.Run(
                source.Select((frame, number) => new SourceImage(input, frame, number)
                {
                    IsForReview = sampling?.Takes(number) == true,
                    Time = reader.Time,
                }),
                task.Predict,
                predicted =>
                {
                    using (predicted)
                        Write(found, predicted);
                    frameDone?.Invoke(++frames, expected);
                },
                capacity: 3,
                input.Stream is null ? cancellation : CancellationToken.None);
            if (frames == 0)
                cancellation.ThrowIfCancellationRequested();
            foreach (var writer in writers.Values)
                writer.Commit();
            return (new VideoResult
            {
                Frames = frames,
                DeclaredFrames = declared,
                FrameRate = reader.FrameRate,
                Drift = clock is null ? drift.Most : 0,
                Width = reader.Width,
                Height = reader.Height,
            }, found);
        }
        finally
        {
            foreach (var writer in writers.Values)
                writer.Dispose();
        }

        void Write(IVideoResults<TResult> found, Predicted<TResult> predicted)
        {
            found.Add(predicted.Result!);
            drift.Add(predicted.Source.Time);
            if (predicted.Source.IsForReview)
                review!.Add(task, predicted.Source, found.Last, files: []);
            var repeats = clock?.Repeats(predicted.Source.Time) ?? 0;
            using var stage = PredictionStages.Begin(PredictionStages.Encode);
            foreach (var (kind, path) in outputs)
            {
                using var drawn = found.Draw(kind, predicted.Source.Image!);
                // Opened by the first frame, so that a video without any leaves nothing behind.
                if (!writers.TryGetValue(kind, out var writer))
                {
                    writer = new VideoOutput(path, drawn.Cols, drawn.Rows, reader.FrameRate, repeatsFrames: clock is not null);
                    writers.Add(kind, writer);
                }
                writer.Write(drawn, repeats);
            }
        }
    }

    /// <summary>The frames until the cancellation; one that has been read is not lost.</summary>
    private static IEnumerable<Mat> Until(CancellationToken cancellation, IEnumerable<Mat> frames)
    {
        using var source = frames.GetEnumerator();
        while (!cancellation.IsCancellationRequested && source.MoveNext())
            yield return source.Current;
    }
}
