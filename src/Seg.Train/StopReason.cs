namespace Seg.Train;

/// <summary>Why a training run, or a sitting of it, ended.</summary>
public enum StopReason
{
    /// <summary>After its last epoch.</summary>
    Done,

    /// <summary>No validation had been better for as long as <c>train.patience</c> allows.</summary>
    NoImprovement,

    /// <summary>The time was up; a checkpoint was saved, and <c>--resume</c> goes on.</summary>
    OutOfTime,

    /// <summary>Cancelled; a checkpoint was saved, and <c>--resume</c> goes on.</summary>
    Interrupted,
}
