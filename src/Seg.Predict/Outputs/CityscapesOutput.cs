using Seg.Models;
using Seg.Predict.Imaging;
using Seg.Predict.Jobs;

namespace Seg.Predict.Outputs;

/// <summary>
/// NAME_pred_labelIds.png: Cityscapes' label ids (7 is road), as its evaluation and its server take them, instead of the network's own
/// (0 is road). They know an image by the start of its name, CITY_SEQUENCE_FRAME, and want one PNG of it in the whole folder.
/// </summary>
internal sealed class CityscapesOutput(LabelSet classes) : SegmentationOutput
{
    private readonly byte[] ids = CityscapesLabels.IdsOf(classes);

    public override void Write(SourceImage image, LabelMap map, ResultFiles files)
    {
        var labels = new byte[map.Labels.Length];
        for (var index = 0; index < labels.Length; index++)
            labels[index] = ids[map.Labels[index]];
        LabelPng.Write(files.Next(image.Input, PredictionOutputNames.EndingOf(PredictionOutputs.Cityscapes) + ".png"), new LabelMap(map.Width, map.Height, labels));
    }
}
