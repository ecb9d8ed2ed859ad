using Seg.Models;

namespace Seg.Predict.Inputs;

/// <summary>One image, video or stream to predict.</summary>
/// <param name="Path">Where it lies, as the user would recognise it; of a stream its address without user and password.</param>
/// <param name="IsVideo">Whether it has frames: a video, or a stream.</param>
/// <param name="Name">Under which its results go: a relative path with '/' and no extension, unlike that of every other item.</param>
public sealed record InputItem(string Path, bool IsVideo, string Name)
{
    /// <summary>Of a camera or stream: what to open; null: a file.</summary>
    public StreamAddress? Stream { get; init; }

    /// <summary>The image file's content where it is known already, as that of standard input; null: it is read from the path.</summary>
    public byte[]? Content { get; init; }

    /// <summary>Why it cannot be predicted, where that is known already; null: nothing is known to be wrong.</summary>
    public InputException? Fault { get; init; }
}
