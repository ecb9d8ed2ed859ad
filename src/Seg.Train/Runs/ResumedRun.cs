using Seg.Models;
using Seg.Models.Configuration;

namespace Seg.Train.Runs;

/// <summary>Finds the run that a training goes on with.</summary>
internal static class ResumedRun
{
    /// <summary>The run to continue, whose model must be the config's. Other changes are told, as they are the user's to make.</summary>
    /// <param name="options">Which run.</param>
    /// <param name="warn">Told of keys that have changed.</param>
    /// <exception cref="InputException">There is nothing to resume, or the model is another.</exception>
    public static RunDirectory Find(TrainerOptions options, RunConfig config, Action<string> warn)
    {
        var run = options.ResumesLatest ? RunDirectory.Find(options.RunDirectory) : RunDirectory.Open(options.RunDirectory);
        var differences = ConfigDifference.Between(ConfigReader.Read<RunConfig>(run.Config), config);
        var changes = differences.Where(difference => difference.Key.StartsWith("model.", StringComparison.Ordinal)).ToArray();
        if (changes.Length > 0)
        {
            throw new InputException(
                $"The run in '{run.Folder}' has another model: {string.Join(", ", changes)}. " +
                $"Resume it with its own config, {run.Config}, or start a new run.");
        }
        if (differences.Count > 0)
            warn($"Going on with a changed config: {string.Join(", ", differences)}.");
        return run;
    }
}
