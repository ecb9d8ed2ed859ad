namespace OpenCvSharp;

/// <summary>An argument that the binding refuses before OpenCV sees it.</summary>
public class OpenCvSharpException : Exception
{
    public OpenCvSharpException() { }

    public OpenCvSharpException(string message) : base(message) { }

    public OpenCvSharpException(string message, Exception innerException) : base(message, innerException) { }
}
