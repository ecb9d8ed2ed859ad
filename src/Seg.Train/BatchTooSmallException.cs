using Seg.Models;

namespace Seg.Train;

/// <summary>
/// A batch norm sees one value a channel, which has no deviation. The message says what to set; the last checkpoint is on disk.
/// </summary>
public sealed class BatchTooSmallException(Exception cause) : InputException(Text, cause)
{
    private const string Text =
        "A batch norm of the network sees a single number a channel: one image of 1 x 1 positions, as blocks that average maps have. " +
        "Set train.batch_size to 2 or more (the data need as many images); with several ranks to 2 or more for each, or set " +
        "train.sync_batch_norm=true.";

    /// <summary>Whether an error says so, in libtorch's words.</summary>
    internal static bool IsCause(Exception error) =>
        error.Message.Contains("Expected more than 1 value per channel", StringComparison.Ordinal);
}
