namespace Seg.Cli.Tests;

/// <summary>Small generated data and a small network trained on them by the commands themselves; made once for all tests of a class.</summary>
public interface ITrainedModel
{
    /// <summary>A path that is this fixture's own.</summary>
    string At(params string[] parts);

    /// <summary>The command line that trained the network.</summary>
    string[] TrainArguments(string run, params string[] more);
}
