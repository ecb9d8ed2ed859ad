using Seg.Predict.Inputs;

namespace Seg.Predict.Jobs;

/// <summary>The files that a prediction leaves in its output folder.</summary>
internal sealed class ResultFiles(PredictRequest request)
{
    private readonly List<string> written = [];

    /// <summary>In the order in which they were named.</summary>
    public IReadOnlyList<string> Written => written;

    public bool Wants(PredictionOutputs output) => request.Save.HasFlag(output);

    /// <summary>Where a result of one input goes; makes its folder.</summary>
    /// <param name="ending">What follows the input's name, such as "_overlay.png".</param>
    public string PathFor(InputItem input, string ending)
    {
        var path = Path.Combine(request.Output, input.Name + ending);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>As <see cref="PathFor"/>, of a file that is written now.</summary>
    public string Next(InputItem input, string ending) => Add(PathFor(input, ending));

    /// <summary>Where a result of all inputs together goes.</summary>
    public string Next(string name) => Add(Path.Combine(request.Output, name));

    private string Add(string path)
    {
        written.Add(path);
        return path;
    }
}
