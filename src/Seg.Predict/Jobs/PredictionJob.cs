using System.Diagnostics;
using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;
using Seg.Predict.Inputs;
using Seg.Predict.Video;

namespace Seg.Predict.Jobs;

/// <summary>Predicts files: finds the inputs, runs the network, writes what was asked for. What <c>seg predict</c> does.</summary>
/// <remarks>
/// One image is decoded, another is in the network, and a third is drawn and written at the same time; the model loads beside the first decoding.
/// </remarks>
public sealed class PredictionJob
{
    private readonly PredictRequest request;
    private readonly Action<PredictionProgress>? progress;
    private readonly IReadOnlyList<InputItem> inputs;
    private readonly List<string> files = [], warnings = [];
    private readonly List<PredictionFailure> failures = [];
    private int images, videos, frames, done;

    private PredictionJob(PredictRequest request, Action<PredictionProgress>? progress)
    {
        (this.request, this.progress) = (request, progress);
        inputs = InputSource.Find(request.Inputs, request.Output);
        var savesVideo = (request.Save & (PredictionOutputs.Overlay | PredictionOutputs.Json)) != 0;
        if (!savesVideo && inputs.FirstOrDefault(input => input.IsVideo) is { } video)
            throw new InputException($"'{video.Path}' is a video, of which 'overlay' and 'json' can be saved, and neither was asked for.");
    }

    /// <summary>Does the whole request.</summary>
    /// <param name="progress">Called after each image and each video frame, from one thread at a time, but not always the same one.</param>
    /// <returns>What was done; <see cref="PredictionSummary.Failures"/> names the inputs that could not be read, when others could.</returns>
    /// <exception cref="InputException">No input, no model, an output folder that cannot be made, or not one input that can be read.</exception>
    /// <exception cref="IOException">A result cannot be written. Results written before stay, and none is half-written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; results written before stay.</exception>
    public static PredictionSummary Run(PredictRequest request, Action<PredictionProgress>? progress = null, CancellationToken cancellation = default) =>
        new PredictionJob(request, progress).Run(cancellation);

    private PredictionSummary Run(CancellationToken cancellation)
    {
        MakeFolder(request.Output);
        var watch = Stopwatch.StartNew();
        var loading = Task.Run(() => SegmentationPredictor.Load(request.Model, request.Predictor), cancellation);
        try
        {
            // Images first and together, as only they overlap; a video keeps all three stages busy by itself.
            Pipeline.Run(ReadImages(), image => image.Predict(loading.GetAwaiter().GetResult()), WriteImage, capacity: 4, cancellation);
            foreach (var input in inputs.Where(input => input.IsVideo))
                PredictVideo(input, loading.GetAwaiter().GetResult(), cancellation);
        }
        finally
        {
            // Whatever went wrong is on its way to the caller; a failed load is reported where its result was asked for.
            if (Task.WhenAny(loading).GetAwaiter().GetResult().IsCompletedSuccessfully)
                loading.Result.Dispose();
        }
        if (failures.Count == inputs.Count)
            throw new InputException(failures[0].Message + (failures.Count > 1 ? $" ({failures.Count} inputs, and none can be read.)" : ""));
        return new PredictionSummary
        {
            Images = images,
            Videos = videos,
            Frames = frames,
            Elapsed = watch.Elapsed,
            Output = request.Output,
            Files = files,
            Failures = failures,
            Warnings = warnings,
        };
    }

    private IEnumerable<PendingImage> ReadImages()
    {
        foreach (var input in inputs.Where(input => !input.IsVideo))
        {
            PendingImage pending;
            try
            {
                pending = new PendingImage(input, ImageFile.ReadColor(input.Path));
            }
            catch (InputException fault)
            {
                pending = new PendingImage(input, fault);
            }
            yield return pending;
        }
    }

    private void WriteImage(PendingImage pending)
    {
        using (pending)
        {
            if (pending.Fault is { } fault)
            {
                failures.Add(new PredictionFailure(pending.Input.Path, fault.Message));
            }
            else
            {
                var writer = new ResultWriter(request, pending.Classes!);
                files.AddRange(writer.Write(pending.Input, pending.Image!, pending.Map!));
                images++;
            }
        }
        progress?.Invoke(new PredictionProgress(++done, inputs.Count, pending.Input.Path));
    }

    private void PredictVideo(InputItem input, SegmentationPredictor predictor, CancellationToken cancellation)
    {
        try
        {
            var writer = new ResultWriter(request, predictor.Description.Labels);
            var video = new VideoPredictor(predictor, request.Overlay);
            var result = video.Run(
                input.Path,
                request.Save.HasFlag(PredictionOutputs.Overlay) ? writer.PathFor(input, "_overlay.mp4") : null,
                (frame, declared) => progress?.Invoke(new PredictionProgress(done, inputs.Count, input.Path, frame, declared)),
                cancellation);
            files.AddRange(writer.Write(input, result));
            if (result.Frames < result.DeclaredFrames)
                warnings.Add($"'{input.Path}' ends early: {result.Frames} of {result.DeclaredFrames} frames can be decoded.");
            (videos, frames) = (videos + 1, frames + result.Frames);
        }
        catch (InputException fault)
        {
            failures.Add(new PredictionFailure(input.Path, fault.Message));
        }
        progress?.Invoke(new PredictionProgress(++done, inputs.Count, input.Path));
    }

    private static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot make the output folder '{path}': {error.Message}", error);
        }
    }
}
