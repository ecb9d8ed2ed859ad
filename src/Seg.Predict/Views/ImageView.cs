using OpenCvSharp;
using Seg.Predict.Imaging;
using static TorchSharp.torch;
using Size = OpenCvSharp.Size;

namespace Seg.Predict.Views;

/// <summary>An image as the network sees it once: at one scale, whole or through windows, and where asked for mirrored as well.</summary>
/// <remarks>
/// The network's outputs are kept as small as they come, and of those windows alone whose rows are asked for: what is kept does not grow with the
/// image's height.
/// </remarks>
internal sealed class ImageView : IDisposable
{
    private readonly ViewNetwork network;
    private readonly Mat picture;
    private readonly bool ownsPicture;
    private readonly WindowAxis rows, columns;
    private readonly int imageWidth;
    private readonly List<ScoreMap[][]> held = [];       // of rows of windows, from firstHeld on: for each window one map, or one for each side
    private readonly Stack<float[]> spare = [];
    private int firstHeld;
    private ColumnSamples[]? samples;
    private MapAxis down;

    /// <param name="image">CV_8UC3; must outlive the view.</param>
    /// <param name="size">At which it is seen.</param>
    /// <param name="window">The windows' size; that of the view or more: it is seen whole.</param>
    public ImageView(ViewNetwork network, Mat image, Size size, Size window)
    {
        (this.network, imageWidth) = (network, image.Cols);
        rows = new WindowAxis(image.Rows, size.Height, window.Height, network.Options, network.AlignCorners);
        columns = new WindowAxis(image.Cols, size.Width, window.Width, network.Options, network.AlignCorners);
        ownsPicture = size != image.Size();
        picture = ownsPicture ? image.Resized(size) : image;
    }

    /// <summary>Windows in all.</summary>
    public int Windows => rows.Starts.Count * columns.Starts.Count;

    /// <summary>Rows of windows whose scores are in memory.</summary>
    public int RowsOfWindowsHeld => held.Count;

    /// <summary>Runs the network on all windows that rows of the image need, and forgets those that neither these nor rows below need.</summary>
    /// <param name="first">Not above that of an earlier call.</param>
    /// <param name="end">One past the last row.</param>
    public void Prepare(int first, int end)
    {
        var (needed, last) = (rows.At(first)[0].Window, rows.At(end - 1)[^1].Window);
        for (; held.Count > 0 && firstHeld < needed; firstHeld++)
        {
            foreach (var map in held[0].SelectMany(maps => maps))
                spare.Push(map.Values);
            held.RemoveAt(0);
        }
        while (firstHeld + held.Count <= last)
            held.Add(Run(rows.Starts[firstHeld + held.Count]));
    }

    /// <summary>Adds what the network says of one row of the image, which has been prepared. For several threads at a time.</summary>
    /// <param name="mixed">Room for a row of a window's scores.</param>
    /// <param name="sums">Of the row's pixels.</param>
    public void AddRow(int row, ref float[] mixed, Span<float> sums)
    {
        foreach (var part in rows.At(row))
        {
            var (first, second) = down.Find(part.Position);
            var windows = held[part.Window - firstHeld];
            for (var column = 0; column < windows.Length; column++)
            {
                foreach (var map in windows[column])
                {
                    var upper = map.Row(first);
                    if (mixed.Length < upper.Length)
                        mixed = new float[upper.Length];
                    ScoreKernels.MixRows(upper, map.Row(first + down.Step), second, mixed.AsSpan(0, upper.Length));
                    ScoreKernels.Add(mixed, samples![column], network.Stride, (float)part.Weight, network.Options.Average, sums);
                }
            }
        }
    }

    public void Dispose()
    {
        if (ownsPicture)
            picture.Dispose();
    }

    /// <summary>The scores of a row of windows.</summary>
    private ScoreMap[][] Run(int top)
    {
        using var scope = NewDisposeScope();
        List<ScoreMap[]> scores = [];
        foreach (var batch in columns.Starts.Chunk(network.Batch))
        {
            var windows = Array.ConvertAll(batch, left => picture[new Rect(left, top, columns.Length, rows.Length)]);
            try
            {
                scores.AddRange(network.Run(windows, length => spare.TryPop(out var memory) ? memory : new float[length]));
            }
            finally
            {
                Array.ForEach(windows, window => window.Dispose());
            }
        }
        if (samples is null)
        {
            var map = scores[0][0];
            down = new MapAxis(rows.Length, map.Height, network.AlignCorners);
            samples = ColumnSamples.Of(columns, imageWidth, map.Width, network.AlignCorners);
        }
        return [.. scores];
    }
}
