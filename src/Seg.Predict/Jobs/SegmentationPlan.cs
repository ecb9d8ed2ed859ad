using Seg.Models;
using Seg.Predict.Drawing;
using Seg.Predict.Inputs;
using Seg.Predict.Outputs;

namespace Seg.Predict.Jobs;

/// <summary>What a prediction of classes is to do, checked before the model is loaded.</summary>
internal sealed class SegmentationPlan
{
    private const PredictionOutputs Pictures = PredictionOutputs.Overlay | PredictionOutputs.SideBySide | PredictionOutputs.Contours
        | PredictionOutputs.Confidence | PredictionOutputs.Mask;

    private readonly PredictRequest request;

    private SegmentationPlan(PredictRequest request, LabelSet classes, ImageIds ids) => (this.request, Classes, Ids) = (request, classes, ids);

    /// <summary>What can be saved of it.</summary>
    public static TaskOutputs Outputs { get; } = new(
        "a segmentation model",
        Pictures | PredictionOutputs.Classes | PredictionOutputs.Ids | PredictionOutputs.Ids16 | PredictionOutputs.Cityscapes
            | PredictionOutputs.Coco | PredictionOutputs.CocoPolygons | PredictionOutputs.Probabilities | PredictionOutputs.Probabilities16 | PredictionOutputs.Json,
        Pictures | PredictionOutputs.Json);

    /// <summary>The model's, in the colours that were asked for.</summary>
    public LabelSet Classes { get; }

    /// <summary>COCO's numbers of the images.</summary>
    public ImageIds Ids { get; }

    /// <summary>Whether a file is written that has <see cref="Ids"/>.</summary>
    public bool HasIds => (request.Save & (PredictionOutputs.Coco | PredictionOutputs.CocoPolygons)) != PredictionOutputs.None;

    /// <exception cref="InputException">Options contradict each other, the inputs, or the model's classes.</exception>
    public static SegmentationPlan Make(PredictRequest request, IReadOnlyList<InputItem> inputs, LabelSet classes)
    {
        Outputs.Check(request.Save, inputs);
        PosePlan.RequireNone(request);
        request.Predictor.Views.Check();
        if (request.Overlay.Opacity is not (>= 0 and <= 1))
            throw new InputException($"The opacity is 0 to 1, not {request.Overlay.Opacity}.");
        if (request.Save.HasFlag(PredictionOutputs.Cityscapes))
            CityscapesLabels.IdsOf(classes);
        foreach (var (output, file) in (ReadOnlySpan<(PredictionOutputs, string)>)[
            (PredictionOutputs.Coco, CocoFiles.Segments), (PredictionOutputs.CocoPolygons, CocoFiles.Polygons)])
        {
            if (request.Save.HasFlag(output | PredictionOutputs.Json))
                TaskOutputs.RequireFreeName(file, inputs);
        }
        var colored = request.Palette is { } palette ? ClassColors.Apply(palette, classes) : classes;
        return new SegmentationPlan(request, colored, ImageIds.ByName([.. inputs.Where(input => !input.IsVideo)]));
    }

    /// <summary>The writers of what is to be saved of images.</summary>
    public IReadOnlyList<SegmentationOutput> MakeOutputs()
    {
        SegmentationPictures pictures = new(Classes, request.Overlay);
        return [.. PredictionOutputNames.Each(request.Save).Select(SegmentationOutput (kind) => kind switch
        {
            PredictionOutputs.Mask => new MaskOutput(Classes),
            PredictionOutputs.Classes => new ClassMaskOutput(Classes),
            PredictionOutputs.Ids or PredictionOutputs.Ids16 => new IdsOutput(kind),
            PredictionOutputs.Cityscapes => new CityscapesOutput(Classes),
            PredictionOutputs.Coco => new CocoRleOutput(Classes, Ids),
            PredictionOutputs.CocoPolygons => new CocoPolygonOutput(Classes, Ids),
            PredictionOutputs.Probabilities or PredictionOutputs.Probabilities16 => new ProbabilityOutput(kind, Classes.Count),
            PredictionOutputs.Json => new ShareOutput(Classes),
            _ => new PictureOutput(kind, pictures),
        })];
    }
}
