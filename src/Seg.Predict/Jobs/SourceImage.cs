using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;
using Seg.Predict.Inputs;

namespace Seg.Predict.Jobs;

/// <summary>
/// An image to predict: that of a file, or one frame of a video; or the reason why there is none; or a break between images.
/// </summary>
internal sealed class SourceImage : IDisposable
{
    /// <param name="frame">Of a video: the frame's number, from 0 on.</param>
    public SourceImage(InputItem input, Mat image, int frame = 0) => (Input, Image, Frame) = (input, image, frame);

    public SourceImage(InputItem input, InputException fault) => (Input, Fault) = (input, fault);

    private SourceImage(InputItem input) => Input = input;

    /// <summary>No image, but the sign that those before it are not to wait for the image of this input, to fill a batch with it.</summary>
    public static SourceImage BreakBefore(InputItem input) => new(input) { IsBreak = true };

    public bool IsBreak { get; private init; }

    public InputItem Input { get; }

    public int Frame { get; }

    /// <summary>Of a frame: when it was taken, in seconds by its source's clock.</summary>
    public double Time { get; init; }

    /// <summary>Whether a review shows it.</summary>
    public bool IsForReview { get; init; }

    /// <summary>By which people know it, unlike every other image: of a frame the video's name and the frame's number.</summary>
    public string Name => Input.IsVideo ? $"{Input.Name}/frame {Frame:000000}" : Input.Name;

    /// <summary>The image's file; null of a frame, which has none.</summary>
    public string? File => Input.IsVideo ? null : Input.Path;

    /// <summary>CV_8UC3; null where there is a <see cref="Fault"/>, and of a break.</summary>
    public Mat? Image { get; }

    public InputException? Fault { get; }

    /// <summary>What the image takes in memory.</summary>
    public long Bytes => Image is { } pixels ? pixels.Total() * pixels.ElemSize() : 0;

    /// <summary>What a user should know of how the file was taken.</summary>
    public IReadOnlyList<ImageRemark> Remarks { get; init; } = [];

    /// <summary>Told, of an image that takes long, which part of it is done, 0–1.</summary>
    public Action<double>? Progress { get; init; }

    /// <summary>Called once, when the image is not needed any more.</summary>
    public Action? Disposed { get; set; }

    /// <summary>What is left of an image that the network does not take: the reason. The image is disposed.</summary>
    /// <exception cref="InputException">It is a frame: a video is predicted whole or not at all.</exception>
    public SourceImage Refused(InputException reason)
    {
        InputException fault = new($"'{Input.Path}' cannot be predicted: {reason.Message}", reason);
        Dispose();
        return Input.IsVideo ? throw fault : new SourceImage(Input, fault);
    }

    public void Dispose()
    {
        Image?.Dispose();
        Disposed?.Invoke();
        Disposed = null;
    }
}
