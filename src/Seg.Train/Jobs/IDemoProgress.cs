namespace Seg.Train.Jobs;

/// <summary>What a demo tells whoever watches it.</summary>
public interface IDemoProgress
{
    /// <summary>What comes next, in one line.</summary>
    void Stage(string text);

    /// <summary>So many of the pieces of this stage are done; from any thread.</summary>
    void Count(int done, int total);

    /// <summary>Runs the training, which reports to the progress that is handed to it.</summary>
    TrainingResult Train(Func<ITrainingProgress, TrainingResult> train);
}
