using System.Text.Encodings.Web;
using System.Text.Json;
using Seg.Models;
using Seg.Models.Configuration;
using Seg.Models.Weights;

namespace Seg.Train.Runs;

/// <summary>The folder of one training run, and the names of the files in it.</summary>
public sealed class RunDirectory
{
    private static readonly JsonSerializerOptions WeightsFormat =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private RunDirectory(string path) => Folder = path;

    public string Folder { get; }

    /// <summary>The config as the run uses it: what it extends and every override resolved.</summary>
    public string Config => Path.Combine(Folder, "config.yaml");

    /// <summary>Model file of the last checkpoint.</summary>
    public string LastModel => Path.Combine(Folder, "last.safetensors");

    /// <summary>Model file of the epoch with the best score: the highest mean IoU of segmentation.</summary>
    public string BestModel => Path.Combine(Folder, "best.safetensors");

    /// <summary>All that continues the run: see <see cref="Checkpoints.TrainingCheckpoint"/>.</summary>
    public string State => Path.Combine(Folder, "last.state.safetensors");

    /// <summary>The checkpoint before the last.</summary>
    public string PreviousState => Path.Combine(Folder, "last.previous.state.safetensors");

    /// <summary>One JSON object a line, for each step and each epoch; see <see cref="MetricsLog"/>.</summary>
    public string Metrics => Path.Combine(Folder, "metrics.jsonl");

    /// <summary>Loss, learning rate and scores over the run.</summary>
    public string Curves => Path.Combine(Folder, "curves.png");

    /// <summary>IoU, accuracy and pixels of each class at the last validation.</summary>
    public string Classes => Path.Combine(Folder, "classes.csv");

    /// <summary>Which class was taken for which at the last validation.</summary>
    public string Confusion => Path.Combine(Folder, "confusion.png");

    /// <summary>PCK and similarity of each keypoint at the last validation.</summary>
    public string Keypoints => Path.Combine(Folder, "keypoints.csv");

    /// <summary>NAME, where the folder may be NAME2 or NAME3: which of the folders beside it are runs of the same name.</summary>
    public string Name => Path.Combine(Folder, "run.name");

    /// <summary>Versions and hardware of the last sitting; see <see cref="RunEnvironment"/>.</summary>
    public string Environment => Path.Combine(Folder, "environment.json");

    /// <summary>Overlays of some validation images: a folder for each validation, always of the same images.</summary>
    public string Previews => Path.Combine(Folder, "previews");

    /// <summary>What became of each entry of the weights that the run started from, where its config names some.</summary>
    public string Weights => Path.Combine(Folder, "weights.json");

    /// <summary>Whether a run has left files here.</summary>
    public bool IsTaken => new[] { Config, State, PreviousState, LastModel, BestModel, Metrics }.Any(File.Exists);

    public bool HasCheckpoint => File.Exists(State) || File.Exists(PreviousState);

    /// <summary>
    /// The usual directory of a config's runs: <c>runs/camvid_hrnet_w18s</c> for <c>configs/camvid/hrnet_w18s.yaml</c>, <c>runs/own</c> for
    /// <c>own.yaml</c>.
    /// </summary>
    public static string NameFor(string configFile)
    {
        var full = Path.GetFullPath(configFile);
        var name = Path.GetFileNameWithoutExtension(full);
        var folder = Path.GetDirectoryName(full);
        var inConfigs = folder is not null && Path.GetFileName(Path.GetDirectoryName(folder)) == "configs";
        return Path.Combine("runs", inConfigs ? $"{Path.GetFileName(folder)}_{name}" : name);
    }

    /// <summary>Makes the directory of a new run: the one named, or the first of NAME2, NAME3, … that no run has taken.</summary>
    /// <exception cref="IOException">It cannot be made or written.</exception>
    public static RunDirectory Create(string path, RunConfig config)
    {
        var run = Numbered(path).First(candidate => !candidate.IsTaken);
        try
        {
            Directory.CreateDirectory(run.Folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"Cannot make the run directory '{run.Folder}': {error.Message.TrimEnd('.')}. Choose another with --run.", error);
        }
        AtomicFile.WriteText(run.Name, NameOf(path) + "\n");
        run.WriteConfig(config);
        return run;
    }

    /// <summary>The directory of a run that another rank writes; nothing is made or read here.</summary>
    public static RunDirectory Named(string path) => new(path);

    /// <summary>The run to continue, in this very folder.</summary>
    /// <exception cref="InputException">It has no checkpoint.</exception>
    public static RunDirectory Open(string path)
    {
        RunDirectory run = new(Path.TrimEndingDirectorySeparator(path));
        return run.HasCheckpoint ? run : throw NothingToResume(path);
    }

    /// <summary>Finds the run to continue: of NAME, NAME2, NAME3, … the last that was started under this name and has a checkpoint.</summary>
    /// <exception cref="InputException">None has one.</exception>
    public static RunDirectory Find(string path) =>
        Numbered(path)
            .TakeWhile((candidate, index) => index == 0 || Directory.Exists(candidate.Folder))
            .LastOrDefault(candidate => candidate.HasCheckpoint && candidate.IsCalled(NameOf(path)))
        ?? throw NothingToResume(path);

    /// <summary>source, loaded, skipped, missing, unexpected (names), misshapen (name, shape, expected).</summary>
    public void WriteWeights(WeightsReport report) => AtomicFile.Write(Weights, JsonSerializer.SerializeToUtf8Bytes(report, WeightsFormat));

    public void WriteConfig(RunConfig config) => AtomicFile.WriteText(Config, ConfigReader.Write(config));

    /// <summary>Whether the run was started under this name. Runs from before names were noted may have had any.</summary>
    private bool IsCalled(string name) => !File.Exists(Name) || File.ReadAllText(Name).TrimEnd() == name;

    private static string NameOf(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));

    private static InputException NothingToResume(string path) =>
        new($"There is no checkpoint to resume in '{path}'; leave --resume out to start a run, or name its folder with --run.");

    private static IEnumerable<RunDirectory> Numbered(string path)
    {
        path = Path.TrimEndingDirectorySeparator(path);
        yield return new(path);
        for (var number = 2; ; number++)
            yield return new($"{path}{number}");
    }
}
