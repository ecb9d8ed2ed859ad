using Seg.Models;
using Seg.Predict.Jobs;

namespace Seg.Predict.Outputs;

/// <summary>NAME.json: pixels and share of each class.</summary>
internal sealed class ShareOutput(LabelSet classes) : SegmentationOutput
{
    public override void Write(SourceImage image, LabelMap map, ResultFiles files) =>
        ShareReport.Write(files.Next(image.Input, ".json"), image.Input.Path, map, classes);
}
