using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Drawing;

namespace Seg.Predict.Video;

/// <summary>Segments a video: overlay video out, with the frames, the frame rate and the size of the one that came in.</summary>
/// <remarks>Decoding, the network, and drawing with encoding run at the same time on neighbouring frames.</remarks>
public sealed class VideoPredictor(SegmentationPredictor predictor, OverlayOptions overlayOptions)
{
    private const double LeastShare = 0.001;   // of a frame: a class below this is noise and does not enter the legend

    private readonly LabelSet classes = predictor.Description.Labels;
    private readonly Overlay overlay = new(
        predictor.Description.Labels,
        overlayOptions with { Legend = overlayOptions.Legend == LegendPlacement.None ? LegendPlacement.None : LegendPlacement.Inside });

    /// <summary>Reads <paramref name="input"/> and writes its overlay video.</summary>
    /// <param name="output">Where the overlay video goes (.mp4 or .avi), whole or not at all, replacing an existing file; null: none is written.</param>
    /// <param name="frameDone">
    /// Called after each frame that was written, with its number from 1 on and the number that the file declares, on the writing thread.
    /// </param>
    /// <returns>What was read and written.</returns>
    /// <exception cref="InputException">The file is missing, broken, or has no frame.</exception>
    /// <exception cref="IOException">The output cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; no half video stays.</exception>
    public VideoResult Run(string input, string? output, Action<int, int>? frameDone = null, CancellationToken cancellation = default)
    {
        using var reader = VideoReader.Open(input);
        VideoOutput? writer = null;
        try
        {
            var pixels = new long[classes.Count];
            var legend = new SortedSet<int>();
            var frames = 0;
            Pipeline.Run(
                reader.Frames(),
                frame => new LabelledImage(frame, predictor),
                labelled =>
                {
                    using (labelled)
                    {
                        var shares = StableLegend(labelled.Map, legend, pixels);
                        if (output is not null)
                        {
                            // Opened by the first frame, so that a video without any leaves nothing behind.
                            writer ??= new VideoOutput(output, reader.Width, reader.Height, reader.FrameRate);
                            using var drawn = overlay.Draw(labelled.Image, labelled.Map, shares);
                            writer.Write(drawn);
                        }
                    }
                    frameDone?.Invoke(++frames, reader.DeclaredFrames);
                },
                capacity: 3,
                cancellation);
            writer?.Commit();
            var total = Math.Max(1.0, pixels.Sum());
            return new VideoResult
            {
                Frames = frames,
                DeclaredFrames = reader.DeclaredFrames,
                FrameRate = reader.FrameRate,
                Width = reader.Width,
                Height = reader.Height,
                MeanShares = [.. pixels.Select(count => count / total)],
            };
        }
        finally
        {
            writer?.Dispose();
        }
    }

    /// <summary>Lines for every class that was seen so far, in the order of the classes: it grows, but never jumps.</summary>
    private List<ClassShare> StableLegend(LabelMap map, SortedSet<int> seen, long[] pixels)
    {
        var shares = ClassShare.Of(map, classes).ToDictionary(share => share.Id);
        foreach (var share in shares.Values)
        {
            pixels[share.Id] += share.Pixels;
            if (share.Share >= LeastShare)
                seen.Add(share.Id);
        }
        return [.. seen.Select(id => shares.GetValueOrDefault(id) ?? new ClassShare(id, classes.Names[id], classes.Colors[id], 0, 0))];
    }
}
