using Seg.Models;

namespace Seg.Predict.Imaging;

/// <summary>A file that is no usable image or mask.</summary>
public sealed class ImageFileException : InputException
{
    public ImageFileException(ImageFault fault, string message, Exception? innerException = null)
        : base(message, innerException!) => Fault = fault;

    public ImageFault Fault { get; }
}
