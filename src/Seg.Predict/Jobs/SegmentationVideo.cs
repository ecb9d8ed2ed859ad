using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Drawing;
using Seg.Predict.Outputs;
using Seg.Predict.Video;

namespace Seg.Predict.Jobs;

/// <summary>Label maps of one video: their shares of all frames, and a legend that grows, but never jumps.</summary>
internal sealed class SegmentationVideo(LabelSet classes, OverlayOptions options) : IVideoResults<LabelMap>
{
    private const double LeastShare = 0.001;   // of a frame: a class below this is noise and does not enter the legend

    private readonly SegmentationPictures pictures = new(
        classes, options with { Legend = options.Legend == LegendPlacement.None ? LegendPlacement.None : LegendPlacement.Inside });

    private readonly long[] pixels = new long[classes.Count];
    private readonly SortedSet<int> seen = [];
    private LabelMap? map;
    private IReadOnlyList<ClassShare> legend = [];

    /// <summary>Part of all classified pixels of all frames that each class has, 0–1, in the order of the classes.</summary>
    public IReadOnlyList<double> MeanShares
    {
        get
        {
            var total = Math.Max(1.0, pixels.Sum());
            return [.. pixels.Select(count => count / total)];
        }
    }

    public void Add(LabelMap result)
    {
        map = result;
        var shares = ClassShare.Of(result, classes).ToDictionary(share => share.Id);
        foreach (var share in shares.Values)
        {
            pixels[share.Id] += share.Pixels;
            if (share.Share >= LeastShare)
                seen.Add(share.Id);
        }
        legend = [.. seen.Select(id => shares.GetValueOrDefault(id) ?? new ClassShare(id, classes.Names[id], classes.Colors[id], 0, 0))];
    }

    public LabelMap Last => map!;

    public Mat Draw(PredictionOutputs kind, Mat frame) => pictures.Draw(kind, frame, map!, legend);

    public void WriteReport(string path, string source, VideoResult video) => ShareReport.Write(path, source, video, MeanShares, classes);
}
