using OpenCvSharp;
using Seg.Predict.Inputs;
using Seg.Predict.Jobs;

namespace Seg.Predict.Outputs;

/// <summary>
/// NAME_probabilities.npy and NAME_probabilities16.npy: the probabilities of all classes, float32 or float16. They are too large to wait in
/// memory for their turn, so that the file is written while the network's output is brought to the image's size.
/// </summary>
/// <param name="kind"><see cref="PredictionOutputs.Probabilities"/> or <see cref="PredictionOutputs.Probabilities16"/>.</param>
internal sealed class ProbabilityOutput(PredictionOutputs kind, int classes) : SegmentationOutput
{
    private readonly string ending = PredictionOutputNames.EndingOf(kind) + ".npy";

    /// <summary>Begins the file of an image.</summary>
    /// <exception cref="IOException">It cannot be made, or the disk has no room for it.</exception>
    public ProbabilityFile Begin(InputItem input, Size size, ResultFiles files) =>
        new(files.PathFor(input, ending), classes, size.Height, size.Width, half: kind == PredictionOutputs.Probabilities16);

    /// <summary>Names the file, which is there.</summary>
    public override void Write(SourceImage image, LabelMap map, ResultFiles files) => files.Next(image.Input, ending);
}
