using System.Diagnostics;
using Seg.Models;
using Seg.Predict.Imaging;
using Seg.Predict.Inputs;

namespace Seg.Predict.Jobs;

/// <summary>One run of a task over all inputs of a <see cref="PredictionJob"/>.</summary>
/// <remarks>
/// One image is decoded, another is in the network, and a third is drawn and written at the same time; the model loads beside the first
/// decoding.
/// </remarks>
/// <param name="load">Loads the model and makes the task of it.</param>
/// <param name="progress">As <see cref="PredictionJob.Run"/> takes it.</param>
/// <param name="mostMemory">Of images on their way, in bytes: many of an ordinary size, one or two of the largest.</param>
internal sealed class PredictionRun<TResult>(
    PredictRequest request, IReadOnlyList<InputItem> inputs, Func<ResultFiles, IPredictionTask<TResult>> load,
    Action<PredictionProgress>? progress, long mostMemory = 512L << 20)
    where TResult : class
{
    private static readonly TimeSpan TimeBetweenParts = TimeSpan.FromSeconds(1);

    private readonly MemoryGate memory = new(mostMemory);
    private readonly Lock telling = new();
    private readonly Stopwatch sincePart = Stopwatch.StartNew();
    private readonly ResultFiles files = new(request, inputs);
    private readonly PredictionReview? review = request.Review ? new(request.Output, request.ReviewFrames) : null;
    private readonly CountedWarnings remarks = new();
    private readonly List<string> warnings = [];
    private readonly List<PredictionFailure> failures = [];
    private int images, videos, frames, done;

    public PredictionSummary Run(CancellationToken cancellation)
    {
        MakeFolder(request.Output);
        using StageTimes stages = new();
        var watch = Stopwatch.StartNew();
        var loading = Task.Run(() => load(files), cancellation);
        try
        {
            Predict(loading, cancellation);
            if (failures.Count == inputs.Count)
            {
                throw new InputException(
                    failures[0].Message + (failures.Count > 1 ? $" ({failures.Count} inputs, and none can be predicted.)" : ""));
            }
            return Summary(loading.Result, watch.Elapsed, stages);
        }
        finally
        {
            // Whatever went wrong is on its way to the caller; a failed load is reported where its result was asked for.
            if (Task.WhenAny(loading).GetAwaiter().GetResult().IsCompletedSuccessfully)
                loading.Result.Dispose();
        }
    }

    private void Predict(Task<IPredictionTask<TResult>> loading, CancellationToken cancellation)
    {
        try
        {
            // Images first and together, as only they overlap; a video keeps all three stages busy by itself.
            Pipeline.Run(
                ReadImages, sources => PredictParts(loading.GetAwaiter().GetResult(), sources),
                predicted => WriteImage(loading.Result, predicted), capacity: 4, cancellation);
            // Before the videos, as it concerns images alone and is not to be lost with a video that is interrupted.
            loading.GetAwaiter().GetResult().Finish(files);
            foreach (var input in inputs.Where(input => input.IsVideo))
            {
                // A stream ends with the cancellation; those behind it do not begin.
                cancellation.ThrowIfCancellationRequested();
                PredictVideo(input, loading.GetAwaiter().GetResult(), cancellation);
            }
        }
        finally
        {
            // Of an interrupted run as well: what is done can be looked at.
            review?.Finish();
        }
    }

    private PredictionSummary Summary(IPredictionTask<TResult> task, TimeSpan elapsed, StageTimes stages) => new()
    {
        Images = images,
        Videos = videos,
        Frames = frames,
        Elapsed = elapsed,
        Stages = stages.Times,
        Output = request.Output,
        Files = files.Written,
        Review = review?.Page,
        Failures = failures,
        Warnings = [.. remarks.Lines, .. warnings, .. task.Warnings],
        Notes = [.. task.Notes],
    };

    private IEnumerable<SourceImage> ReadImages(CancellationToken stop)
    {
        var sinceBreak = 0L;
        foreach (var input in inputs.Where(input => !input.IsVideo))
        {
            var image = Read(input);
            var bytes = image.Bytes;
            var isEntered = false;
            try
            {
                // A task may hold back all images since the last break: these and the next one must find room together, or all wait for ever.
                if (sinceBreak > 0 && sinceBreak + bytes > mostMemory)
                {
                    yield return SourceImage.BreakBefore(input);
                    sinceBreak = 0;
                }
                memory.Enter(bytes, stop);
                image.Disposed = () => memory.Leave(bytes);
                isEntered = true;
            }
            finally
            {
                if (!isEntered)
                    image.Dispose();
            }
            sinceBreak += bytes;
            yield return image;
        }
    }

    /// <summary>Predicts the images between two breaks, and then those behind, so that a task holds none back over a break.</summary>
    private static IEnumerable<Predicted<TResult>> PredictParts(IPredictionTask<TResult> task, IEnumerable<SourceImage> images)
    {
        using var source = images.GetEnumerator();
        var isAtEnd = false;
        while (!isAtEnd)
        {
            foreach (var predicted in task.Predict(UntilBreak()))
                yield return predicted;
        }

        IEnumerable<SourceImage> UntilBreak()
        {
            while (source.MoveNext())
            {
                if (source.Current.IsBreak)
                    yield break;
                yield return source.Current;
            }
            isAtEnd = true;
        }
    }

    private SourceImage Read(InputItem input)
    {
        if (input.Fault is { } known)
            return new SourceImage(input, known);
        using var stage = PredictionStages.Begin(PredictionStages.Decode);
        try
        {
            var file = input.Content ?? ImageFile.ReadBytes(input.Path);
            return new SourceImage(input, ImageFile.ReadColor(input.Path, file))
            {
                IsForReview = request.Review,
                Remarks = ImageRemark.Of(input.Path, file),
                Progress = part => TellPart(input, part),
            };
        }
        catch (InputException fault)
        {
            return new SourceImage(input, fault);
        }
    }

    private void WriteImage(IPredictionTask<TResult> task, Predicted<TResult> predicted)
    {
        using (predicted)
        {
            if (predicted.Source.Fault is { } fault)
            {
                failures.Add(new PredictionFailure(predicted.Source.Input.Path, fault.Message));
            }
            else
            {
                var before = files.Written.Count;
                using (PredictionStages.Begin(PredictionStages.Encode))
                    task.Write(predicted.Source, predicted.Result!, files);
                review?.Add(task, predicted.Source, predicted.Result!, [.. files.Written.Skip(before)]);
                images++;
                foreach (var remark in predicted.Source.Remarks)
                    remarks.Add(remark.Kind, remark.Case);
            }
        }
        Tell(predicted.Source.Input, done: 1);
    }

    private void PredictVideo(InputItem input, IPredictionTask<TResult> task, CancellationToken cancellation)
    {
        try
        {
            var outputs = task.VideoPictures.ToDictionary(kind => kind, kind => files.PathFor(input, VideoEnding(kind)));
            var (video, found) = new VideoPrediction<TResult>(task, request.Frames, review).Run(
                input,
                outputs,
                (frame, expected) => Tell(input, done: 0, frame, expected),
                cancellation);
            foreach (var kind in outputs.Keys)
                files.Next(input, VideoEnding(kind));
            if (files.Wants(PredictionOutputs.Json))
                found.WriteReport(files.Next(input, ".json"), input.Path, video);
            if (input.Stream is null && ImageHeader.Promised(input.Path) is not null)
                remarks.Add("videos have the names of images; their content was gone by", $"'{input.Path}'");
            warnings.AddRange(VideoWarnings.Of(input, video));
            (videos, frames) = (videos + 1, frames + video.Frames);
        }
        catch (InputException fault)
        {
            failures.Add(new PredictionFailure(input.Path, fault.Message));
        }
        Tell(input, done: 1);
    }

    /// <param name="done">Inputs that are done with this report.</param>
    private void Tell(InputItem input, int done, int frame = 0, int frames = 0, double part = 0)
    {
        lock (telling)
        {
            this.done += done;
            progress?.Invoke(new PredictionProgress(this.done, inputs.Count, input.Path, frame, frames, failures.Count, part));
        }
    }

    /// <summary>Tells how far a large image is, not more often than anybody reads.</summary>
    private void TellPart(InputItem input, double part)
    {
        if (sincePart.Elapsed < TimeBetweenParts)
            return;
        sincePart.Restart();
        Tell(input, done: 0, part: part);
    }

    private static string VideoEnding(PredictionOutputs kind) => PredictionOutputNames.EndingOf(kind) + ".mp4";

    private static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var reason = File.Exists(path) ? "it is a file" : error.Message.TrimEnd('.');
            throw new InputException($"Cannot make the output folder '{path}': {reason}. Choose another with --out.", error);
        }
    }
}
