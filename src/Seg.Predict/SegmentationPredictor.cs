using System.Globalization;
using System.Runtime.InteropServices;
using OpenCvSharp;
using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Runtime;
using Seg.Models.Weights;
using Seg.Predict.Imaging;
using Seg.Predict.Views;
using static TorchSharp.torch;
using Size = OpenCvSharp.Size;

namespace Seg.Predict;

/// <summary>Gives each pixel of an image its class.</summary>
/// <remarks>
/// The network runs as a copy made for prediction: batch norm folded, channels innermost, weights in the chosen precision. Any image size will do.
/// Several threads may predict with one predictor at a time; they share the processor's cores. Dispose it when none does.
/// </remarks>
public sealed class SegmentationPredictor : IDisposable
{
    private readonly PredictionNetwork network;
    private readonly ViewNetwork viewNetwork;
    private readonly PredictorOptions options;

    /// <param name="network">The trained network; left as it is, and still the caller's to dispose.</param>
    /// <param name="description">What the model file says of it.</param>
    /// <exception cref="InputException">The model is not for segmentation, or an option is out of its range.</exception>
    public SegmentationPredictor(Network network, ModelDescription description, PredictorOptions options)
    {
        if (description is not SegmentationDescription { Model: SegmentationConfig } segmentation)
            throw new InputException("The model gives no class for each pixel: its model.type is not segmentation. Give a segmentation model.");
        if (options.InputSize is { } size && (size.Length != 2 || size[0] < 1 || size[1] < 1))
            throw new InputException($"The input size is [height, width], each 1 or more, not [{string.Join(", ", size)}].");
        if (options.MaxSide < 32)
            throw new InputException($"The longest side is 32 pixels or more, not {options.MaxSide}.");
        if (options.BatchSize < 1)
            throw new InputException($"The batch size is 1 or more windows, not {options.BatchSize}.");
        options.Views.Check();
        RequireSize(options);
        (Description, this.options) = (segmentation, options);
        this.network = new PredictionNetwork(network, description, options);
        viewNetwork = new ViewNetwork(this.network.Predict, this.network.AlignCorners, segmentation, options);
    }

    /// <summary>Classes, colours, normalisation and training size of the model.</summary>
    public SegmentationDescription Description { get; }

    /// <exception cref="InputException">The file is missing or no model file, or an option is out of its range.</exception>
    public static SegmentationPredictor Load(string modelFile, PredictorOptions options)
    {
        var (network, description) = ModelFile.Load(modelFile);
        using (network)
            return new SegmentationPredictor(network, description, options);
    }

    /// <summary>The class of each pixel of one image.</summary>
    /// <param name="bgr">CV_8UC3, any size.</param>
    public LabelMap Predict(Mat bgr) => Predict([bgr])[0];

    /// <summary>The class of each pixel of several images, run as one batch.</summary>
    /// <param name="bgr">CV_8UC3, at least one, all of one size.</param>
    /// <returns>One map for each image, of the image's own size.</returns>
    /// <exception cref="ArgumentException">No images, or images of different sizes or another type.</exception>
    public IReadOnlyList<LabelMap> Predict(IReadOnlyList<Mat> bgr)
    {
        CheckBatch(bgr);
        if (PlanFor(bgr[0].Size()) is { IsPlain: false } plan)
            return [.. bgr.Select(image => PredictViews(image, plan, new LabelMapRequest()))];
        using var scope = NewDisposeScope();
        using var mode = inference_mode();
        return LabelMaps(ArgMax(Logits(bgr), bgr[0].Size()), bgr[0].Size());
    }

    /// <summary>The class of each pixel of one image, and how sure the network is of it.</summary>
    /// <param name="bgr">CV_8UC3, any size.</param>
    public LabelMap PredictWithConfidence(Mat bgr) => PredictWithConfidence([bgr])[0];

    /// <summary>
    /// As <see cref="Predict(IReadOnlyList{Mat})"/>, with <see cref="LabelMap.Confidence"/>: softmax over the logits at the image's own size. It costs a
    /// second pass over these.
    /// </summary>
    public IReadOnlyList<LabelMap> PredictWithConfidence(IReadOnlyList<Mat> bgr)
    {
        CheckBatch(bgr);
        if (PlanFor(bgr[0].Size()) is { IsPlain: false } plan)
            return [.. bgr.Select(image => PredictViews(image, plan, new LabelMapRequest { Confidence = true }))];
        using var scope = NewDisposeScope();
        using var mode = inference_mode();
        var size = bgr[0].Size();
        var logits = Logits(bgr);
        var labels = ArgMax(logits, size);
        using var probabilities = TorchRuntime.Current.UpsampledLabelProbability(logits, labels, ignoreIndex: null, network.AlignCorners).cpu();   // (N, H, W)
        return LabelMaps(labels, size, probabilities);
    }

    /// <summary>The class of each pixel of one image, and what else is asked for.</summary>
    /// <param name="bgr">CV_8UC3, any size.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public LabelMap Predict(Mat bgr, LabelMapRequest request)
    {
        CheckBatch([bgr]);
        request.Cancellation.ThrowIfCancellationRequested();
        var plan = PlanFor(bgr.Size());
        if (!plan.IsPlain || request.Probabilities is not null)
            return PredictViews(bgr, plan, request);
        return request.Confidence ? PredictWithConfidence(bgr) : Predict(bgr);
    }

    public void Dispose() => network.Dispose();

    /// <summary>How the network sees images of a size.</summary>
    internal ViewPlan PlanFor(Size image) => ViewPlan.Of(image, Description, options);

    private LabelMap PredictViews(Mat bgr, ViewPlan plan, LabelMapRequest request)
    {
        List<ImageView> views = [];
        try
        {
            views.AddRange(plan.Sizes.Select(size => new ImageView(viewNetwork, bgr, size, plan.Window ?? size)));
            return ViewedImage.Predict(viewNetwork, views, bgr.Size(), request);
        }
        finally
        {
            views.ForEach(view => view.Dispose());
        }
    }

    /// <exception cref="InputException">The network would see more pixels at a time than a tensor's memory can be filled with.</exception>
    private static void RequireSize(PredictorOptions options)
    {
        if (options is not { InputSize: [var height, var width], Views.Window: null })
            return;
        var scale = options.Views.Scales.Max();
        if (height * scale * (width * scale) > ImageTensor.MostPixels)
        {
            throw new InputException($"The network sees {ImageTensor.MostPixels} pixels at a time at most, fewer than [{height}, {width}] at scale "
                + $"{scale.ToString(CultureInfo.InvariantCulture)}; give a smaller size, or windows.");
        }
    }

    private static void CheckBatch(IReadOnlyList<Mat> bgr)
    {
        if (bgr.Count == 0)
            throw new ArgumentException("A batch has at least one image.", nameof(bgr));
        foreach (var image in bgr)
        {
            if (image.Type() != MatType.CV_8UC3)
                throw new ArgumentException($"An image is CV_8UC3, not {image.Type()}.", nameof(bgr));
            if (image.Rows < 1 || image.Size() != bgr[0].Size())
            {
                throw new ArgumentException(
                    $"The images of a batch have one size, but {image.Cols} x {image.Rows} follows {bgr[0].Cols} x {bgr[0].Rows}.", nameof(bgr));
            }
        }
    }

    /// <summary>uint8 (N, H, W), of the images' own size, on the network's device.</summary>
    private Tensor ArgMax(Tensor logits, Size size) => TorchRuntime.Current.UpsampledArgMax(logits, size.Height, size.Width, network.AlignCorners);

    private static LabelMap[] LabelMaps(Tensor labels, Size size, Tensor? probabilities = null)
    {
        using var onProcessor = labels.cpu();
        var pixels = size.Width * size.Height;
        var maps = new LabelMap[labels.shape[0]];
        for (var index = 0; index < maps.Length; index++)
        {
            var ids = onProcessor.bytes.Slice(index * pixels, pixels).ToArray();
            var confidence = probabilities is null
                ? null
                : new ConfidenceMap(ids, MemoryMarshal.Cast<byte, float>(probabilities.bytes).Slice(index * pixels, pixels));
            maps[index] = new LabelMap(size.Width, size.Height, ids) { Confidence = confidence };
        }
        return maps;
    }

    /// <summary>(N, classes, h', w'): the network's output, mostly smaller than the images.</summary>
    private Tensor Logits(IReadOnlyList<Mat> bgr) => network.Predict(Input(bgr));

    /// <summary>float32 (N, 3, h, w), of the size at which the network sees the images.</summary>
    private Tensor Input(IReadOnlyList<Mat> bgr)
    {
        using var stage = PredictionStages.Begin(PredictionStages.Prepare);
        var resized = new List<Mat>();
        try
        {
            var images = bgr;
            if (PlanFor(bgr[0].Size()).Sizes[0] is var size && size != bgr[0].Size())
            {
                foreach (var image in bgr)
                    resized.Add(image.Resized(size));
                images = resized;
            }
            return ImageTensor.FromBgr(images, Description.Normalization);
        }
        finally
        {
            resized.ForEach(image => image.Dispose());
        }
    }
}
