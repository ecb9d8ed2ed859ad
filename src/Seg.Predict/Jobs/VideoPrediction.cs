using Seg.Models;
using Seg.Predict.Inputs;
using Seg.Predict.Video;

namespace Seg.Predict.Jobs;

/// <summary>Predicts a video: videos of the results out, with the frames and the frame rate of the one that came in.</summary>
/// <remarks>Decoding, the network, and drawing with encoding run at the same time on neighbouring frames.</remarks>
internal sealed class VideoPrediction<TResult>(IPredictionTask<TResult> task)
    where TResult : class
{
    /// <summary>Reads <paramref name="input"/> and writes its pictures as videos.</summary>
    /// <param name="outputs">
    /// Where each kind of picture goes (.mp4 or .avi), whole or not at all, replacing an existing file.
    /// </param>
    /// <param name="frameDone">
    /// Called after each frame that was written, with its number from 1 on and the number that the file declares, on the writing thread.
    /// </param>
    /// <returns>What was read and written, and what was found.</returns>
    /// <exception cref="InputException">The file is missing, broken, or has no frame.</exception>
    /// <exception cref="IOException">The output cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; no half video stays.</exception>
    public (VideoResult Video, IVideoResults<TResult> Found) Run(
        InputItem input, IReadOnlyDictionary<PredictionOutputs, string> outputs, Action<int, int>? frameDone = null,
        CancellationToken cancellation = default)
    {
        using var reader = VideoReader.Open(input.Path);
        Dictionary<PredictionOutputs, VideoOutput> writers = [];
        try
        {
            var found = task.Begin(reader);
            var frames = 0;
            Pipeline.Run(
                reader.Frames().Select((frame, number) => new SourceImage(input, frame, number)),
                task.Predict,
                predicted =>
                {
                    using (predicted)
                    {
                        found.Add(predicted.Result!);
                        foreach (var (kind, path) in outputs)
                        {
                            using var drawn = found.Draw(kind, predicted.Source.Image!);
                            // Opened by the first frame, so that a video without any leaves nothing behind.
                            if (!writers.TryGetValue(kind, out var writer))
                                writers.Add(kind, writer = new VideoOutput(path, drawn.Cols, drawn.Rows, reader.FrameRate));
                            writer.Write(drawn);
                        }
                    }
                    frameDone?.Invoke(++frames, reader.DeclaredFrames);
                },
                capacity: 3,
                cancellation);
            foreach (var writer in writers.Values)
                writer.Commit();
            return (new VideoResult
            {
                Frames = frames,
                DeclaredFrames = reader.DeclaredFrames,
                FrameRate = reader.FrameRate,
                Width = reader.Width,
                Height = reader.Height,
            }, found);
        }
        finally
        {
            foreach (var writer in writers.Values)
                writer.Dispose();
        }
    }
}
