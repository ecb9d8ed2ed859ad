using Seg.Models;
using Seg.Predict.Inputs;

namespace Seg.Predict.Jobs;

/// <summary>The files that a prediction leaves in its output folder.</summary>
/// <remarks>Several threads may ask for paths at a time: some files begin while the network is at work.</remarks>
internal sealed class ResultFiles
{
    private readonly PredictRequest request;
    private readonly Lock gate = new();
    private readonly RealPaths paths = new();
    private readonly HashSet<string> sources;
    private readonly List<string> written = [];

    public ResultFiles(PredictRequest request, IReadOnlyList<InputItem> inputs)
    {
        this.request = request;
        sources = [.. inputs.Select(input => paths.OfFile(input.Path))];
    }

    /// <summary>In the order in which they were named; for the thread that names them.</summary>
    public IReadOnlyList<string> Written => written;

    public bool Wants(PredictionOutputs output) => request.Save.HasFlag(output);

    /// <summary>Where a result of one input goes; makes its folder.</summary>
    /// <param name="ending">What follows the input's name, such as "_overlay.png".</param>
    /// <exception cref="InputException">An input lies there.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public string PathFor(InputItem input, string ending) => PathFor(input.Name + ending);

    /// <summary>Where a result of all inputs together goes.</summary>
    /// <inheritdoc cref="PathFor(InputItem, string)"/>
    public string PathFor(string name)
    {
        var path = Path.Combine(request.Output, name);
        if (IsInput(path))
            throw new InputException($"The result '{path}' would overwrite an input; choose another folder with --out.");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"Cannot make a folder for '{path}': {error.Message.TrimEnd('.')}. Choose another folder with --out.", error);
        }
        return path;
    }

    /// <summary>As <see cref="PathFor(InputItem, string)"/>, of a file that is written now.</summary>
    public string Next(InputItem input, string ending) => Next(input.Name + ending);

    /// <summary>As <see cref="PathFor(string)"/>, of a file that is written now.</summary>
    public string Next(string name)
    {
        var path = PathFor(name);
        lock (gate)
            written.Add(path);
        return path;
    }

    private bool IsInput(string path)
    {
        lock (gate)
            return sources.Contains(paths.OfFile(path));
    }
}
