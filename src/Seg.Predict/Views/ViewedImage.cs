using OpenCvSharp;

namespace Seg.Predict.Views;

/// <summary>Makes the label map of an image that the network sees several times, strip by strip.</summary>
/// <remarks>
/// Of each strip of rows the outputs of all windows that cover it are brought to the image's own size, averaged, and reduced to a class a pixel.
/// What is in memory beside image and result are the outputs of the windows of one strip.
/// </remarks>
internal static class ViewedImage
{
    private const int StripRows = 32;

    /// <param name="views">Of the image, at least one.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static LabelMap Predict(ViewNetwork network, IReadOnlyList<ImageView> views, Size size, LabelMapRequest request)
    {
        var probabilities = request.Probabilities;
        var classes = network.Classes;
        LabelMapBuilder map = new(size.Width, size.Height, classes, request.Confidence);
        var workers = new RowWorker[Math.Max(1, TorchSharp.torch.get_num_threads())];
        for (var index = 0; index < workers.Length; index++)
            workers[index] = new RowWorker(network, views, size.Width);
        var dense = new float[probabilities is null ? 0 : Math.Min(StripRows, size.Height) * size.Width * classes];
        for (var first = 0; first < size.Height; first += StripRows)
        {
            var (start, end) = (first, Math.Min(first + StripRows, size.Height));
            request.Cancellation.ThrowIfCancellationRequested();
            foreach (var view in views)
                view.Prepare(start, end);
            Parallel.For(0, workers.Length, worker =>
            {
                for (var row = start + worker; row < end; row += workers.Length)
                {
                    var values = workers[worker].Row(row);
                    map.Add(row, values, network.Stride);
                    if (probabilities is not null)
                        CopyDense(values, network.Stride, dense.AsSpan((row - start) * size.Width * classes, size.Width * classes), classes);
                }
            });
            probabilities?.Invoke(start, end - start, dense.AsSpan(0, (end - start) * size.Width * classes));
            request.Progress?.Invoke(end / (double)size.Height);
        }
        return map.Build();
    }

    private static void CopyDense(ReadOnlySpan<float> values, int stride, Span<float> dense, int classes)
    {
        for (int source = 0, target = 0; source < values.Length; source += stride, target += classes)
            values.Slice(source, classes).CopyTo(dense[target..]);
    }

    /// <summary>The memory of one thread.</summary>
    private sealed class RowWorker(ViewNetwork network, IReadOnlyList<ImageView> views, int width)
    {
        private readonly float[] sums = new float[width * network.Stride];
        private float[] mixed = [];

        /// <summary>Probabilities of a row's pixels, each filled up to whole vectors.</summary>
        public ReadOnlySpan<float> Row(int row)
        {
            Array.Clear(sums);
            foreach (var view in views)
                view.AddRow(row, ref mixed, sums);
            ScoreKernels.Finish(sums, network.Stride, network.Options.Average, views.Count * network.MapsPerWindow);
            return sums;
        }
    }
}
