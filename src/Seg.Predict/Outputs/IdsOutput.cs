using Seg.Predict.Imaging;
using Seg.Predict.Jobs;

namespace Seg.Predict.Outputs;

/// <summary>NAME_ids.png and NAME_ids16.png: class ids as gray values of 8 or 16 bits.</summary>
/// <param name="kind"><see cref="PredictionOutputs.Ids"/> or <see cref="PredictionOutputs.Ids16"/>.</param>
internal sealed class IdsOutput(PredictionOutputs kind) : SegmentationOutput
{
    public override void Write(SourceImage image, LabelMap map, ResultFiles files)
    {
        var path = files.Next(image.Input, PredictionOutputNames.EndingOf(kind) + ".png");
        if (kind == PredictionOutputs.Ids16)
            LabelPng.WriteWide(path, map);
        else
            LabelPng.Write(path, map);
    }
}
