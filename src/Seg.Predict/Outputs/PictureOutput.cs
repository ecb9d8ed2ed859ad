using Seg.Predict.Imaging;
using Seg.Predict.Jobs;

namespace Seg.Predict.Outputs;

/// <summary>NAME_KIND.png: a picture for people.</summary>
internal sealed class PictureOutput(PredictionOutputs kind, SegmentationPictures pictures) : SegmentationOutput
{
    public override void Write(SourceImage image, LabelMap map, ResultFiles files)
    {
        using var drawn = pictures.Draw(kind, image.Image!, map);
        ImageFile.Write(files.Next(image.Input, PredictionOutputNames.EndingOf(kind) + ".png"), drawn);
    }
}
