using Seg.Models;
using Seg.Models.Configuration;
using Seg.Predict.Jobs;
using Seg.Train.Synthesis;

namespace Seg.Train.Jobs;

/// <summary>What a demo shows: the scenes that it draws, the recipe that it trains on them, and how the trained model is tried.</summary>
public abstract record DemoSubject
{
    /// <summary>The recipe: a file of <c>configs/demo</c>.</summary>
    protected abstract string Recipe { get; }

    /// <summary>What stands in the scenes: "street scenes".</summary>
    public abstract string Kind { get; }

    /// <summary>Name of the video's file.</summary>
    public abstract string VideoName { get; }

    /// <summary>Scenes to draw, all splits together.</summary>
    public abstract SceneSetConfig Set { get; }

    /// <summary>The same with so many scenes.</summary>
    public abstract DemoSubject WithScenes(int train, int val);

    /// <summary>The recipe, found around the program, then from the current folder upwards.</summary>
    /// <exception cref="InputException">It is not there.</exception>
    public string FindConfig()
    {
        var name = $"configs/demo/{Recipe}";
        var paths = ConfigFolders.OfProgram.Concat(ConfigFolders.UpwardsFrom(".")).Select(folder => Path.Combine(folder, name));
        return paths.FirstOrDefault(File.Exists)
            ?? throw new InputException($"There is no {name} around the program or the current folder; run the demo from the repository.");
    }

    /// <summary>Draws the scenes below a folder.</summary>
    internal abstract void Draw(string root, IProgress<int> progress, CancellationToken cancellation);

    /// <summary>Draws the video.</summary>
    internal abstract void DrawVideo(string path, double seconds, IProgress<int> progress, CancellationToken cancellation);

    /// <summary>What the model is tried on: the held-out scenes, and the video.</summary>
    /// <param name="model">What all predictions have in common.</param>
    /// <param name="root">Where the scenes are.</param>
    /// <param name="video">The video's file.</param>
    internal abstract IEnumerable<PredictRequest> Predictions(PredictRequest model, string root, string video);
}
