using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Drawing;
using Seg.Predict.Imaging;
using Seg.Predict.Inputs;
using Seg.Predict.Video;

namespace Seg.Predict.Jobs;

/// <summary>Writes the results of one input into the output folder.</summary>
internal sealed class ResultWriter(PredictRequest request, LabelSet classes)
{
    private readonly Overlay overlay = new(classes, request.Overlay);

    /// <summary>Where a result goes; makes its folder.</summary>
    public string PathFor(InputItem input, string ending)
    {
        var path = Path.Combine(request.Output, input.Name + ending);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <returns>The files written.</returns>
    public IEnumerable<string> Write(InputItem input, Mat image, LabelMap map)
    {
        List<string> written = [];
        if (Wants(PredictionOutputs.Overlay))
        {
            using var drawn = overlay.Draw(image, map);
            ImageFile.Write(Next("_overlay.png"), drawn);
        }
        if (Wants(PredictionOutputs.Mask))
        {
            LabelPng.Write(Next("_mask.png"), map, classes.Colors);
            LabelPng.Write(Next("_ids.png"), map);
        }
        if (Wants(PredictionOutputs.SideBySide))
        {
            using var drawn = overlay.DrawBeside(image, map);
            ImageFile.Write(Next("_side_by_side.png"), drawn);
        }
        if (Wants(PredictionOutputs.Json))
            ShareReport.Write(Next(".json"), input.Path, map, classes);
        return written;

        string Next(string ending)
        {
            written.Add(PathFor(input, ending));
            return written[^1];
        }
    }

    /// <summary>Writes what stands beside the overlay video.</summary>
    /// <returns>The files written, the video included.</returns>
    public IEnumerable<string> Write(InputItem input, VideoResult result)
    {
        if (Wants(PredictionOutputs.Overlay))
            yield return PathFor(input, "_overlay.mp4");
        if (!Wants(PredictionOutputs.Json))
            yield break;
        var path = PathFor(input, ".json");
        ShareReport.Write(path, input.Path, result, classes);
        yield return path;
    }

    private bool Wants(PredictionOutputs output) => request.Save.HasFlag(output);
}
