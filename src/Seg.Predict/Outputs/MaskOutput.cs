using Seg.Models;
using Seg.Predict.Imaging;
using Seg.Predict.Jobs;

namespace Seg.Predict.Outputs;

/// <summary>NAME_mask.png: class ids as a PNG with the classes' palette, which viewers show in colour and tools read as ids.</summary>
internal sealed class MaskOutput(LabelSet classes) : SegmentationOutput
{
    public override void Write(SourceImage image, LabelMap map, ResultFiles files) =>
        LabelPng.Write(files.Next(image.Input, PredictionOutputNames.EndingOf(PredictionOutputs.Mask) + ".png"), map, classes.Colors);
}
