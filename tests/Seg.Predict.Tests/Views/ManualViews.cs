using System.Runtime.InteropServices;
using OpenCvSharp;
using Seg.Models.Networks;
using Seg.Predict.Imaging;
using Seg.Predict.Views;
using TorchSharp;
using static TorchSharp.torch;
using Size = OpenCvSharp.Size;

namespace Seg.Predict.Tests.Views;

/// <summary>What several views of an image amount to, computed with maps of all classes at the image's size, as papers write it.</summary>
/// <param name="average">Of what the mean is taken.</param>
internal sealed class ManualViews(Network network, ViewAverage average)
{
    private Tensor? sum;
    private int views;

    /// <summary>Adds a view of the whole image at a size, at the image's size and as the average has it.</summary>
    public void AddWhole(Mat image, Size size, bool mirrored)
    {
        using var seen = image.Resized(size);
        Add(Transformed(Scores(seen, image.Size(), mirrored)));
    }

    /// <summary>Adds windows at the image's own scale.</summary>
    /// <param name="weight">What a window of so many pixels counts at each of them, along one axis.</param>
    public void AddWindows(Mat image, (int[] Tops, int Height) rows, (int[] Lefts, int Width) columns, Func<int, double[]> weight)
    {
        Tensor total = zeros(1, TestImages.Classes.Count, image.Rows, image.Cols), weights = zeros(1, 1, image.Rows, image.Cols);
        foreach (var top in rows.Tops)
        {
            foreach (var left in columns.Lefts)
            {
                using var window = image[new Rect(left, top, columns.Width, rows.Height)];
                var mask = tensor(weight(rows.Height), dtype: ScalarType.Float32).view(-1, 1) * tensor(weight(columns.Width), dtype: ScalarType.Float32);
                total.narrow(2, top, rows.Height).narrow(3, left, columns.Width).add_(Transformed(Scores(window, window.Size(), false)) * mask);
                weights.narrow(2, top, rows.Height).narrow(3, left, columns.Width).add_(mask);
            }
        }
        Add(total / weights);
    }

    /// <summary>By row, then column, then class.</summary>
    public float[] Probabilities()
    {
        var mean = sum! / views;
        var probabilities = average switch
        {
            ViewAverage.Logits => mean.softmax(1),
            ViewAverage.Exponentials => mean / mean.sum(1, keepdim: true),
            _ => mean,
        };
        return MemoryMarshal.Cast<byte, float>(probabilities.permute(0, 2, 3, 1).contiguous().bytes).ToArray();
    }

    public static Tensor Scores(Network network, Mat seen, Size size, bool mirrored)
    {
        var input = ImageTensor.FromBgr([seen], TestModel.Description.Normalization);
        var scores = network.Predict(mirrored ? input.flip(3) : input);
        var large = nn.functional.interpolate(scores, [size.Height, size.Width], mode: InterpolationMode.Bilinear, align_corners: network.AlignCorners);
        return mirrored ? large.flip(3) : large;
    }

    private Tensor Scores(Mat seen, Size size, bool mirrored) => Scores(network, seen, size, mirrored);

    private Tensor Transformed(Tensor scores) => average switch
    {
        ViewAverage.Probabilities => scores.softmax(1),
        ViewAverage.Exponentials => scores.exp(),
        _ => scores,
    };

    private void Add(Tensor view)
    {
        sum = sum is null ? view : sum + view;
        views++;
    }
}
