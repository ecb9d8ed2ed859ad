using System.Runtime.InteropServices;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

/// <summary>Writes a video file frame by frame; it is complete after <see cref="Release"/> or <see cref="DisposableObject.Dispose()"/>.</summary>
public class VideoWriter : DisposableObject
{
    private const int NameCapacity = 64;

    private readonly WriterHandle handle;

    public VideoWriter()
    {
        NativeMethods.Check(NativeMethods.ocv_writer_new(out handle));
    }

    /// <summary>Opens a file; <see cref="IsOpened"/> says whether that went well.</summary>
    public VideoWriter(string fileName, FourCC fourcc, double fps, Size frameSize, bool isColor = true) : this() =>
        Open(fileName, fourcc, fps, frameSize, isColor);

    /// <inheritdoc cref="VideoWriter(string, FourCC, double, Size, bool)"/>
    public VideoWriter(string fileName, VideoCaptureAPIs apiPreference, FourCC fourcc, double fps, Size frameSize, bool isColor = true) : this() =>
        Open(fileName, apiPreference, fourcc, fps, frameSize, isColor);

    public string? FileName { get; private set; }

    /// <summary>Frames a second; -1 before a file is opened.</summary>
    public double Fps { get; private set; } = -1;

    public Size FrameSize { get; private set; }

    public bool IsColor { get; private set; } = true;

    private WriterHandle Handle
    {
        get
        {
            ThrowIfDisposed();
            return handle;
        }
    }

    public static int FourCC(char c1, char c2, char c3, char c4) => OpenCvSharp.FourCC.FromFourChars(c1, c2, c3, c4);

    /// <param name="code">Four letters, such as "mp4v".</param>
    public static int FourCC(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (code.Length != 4)
            throw new ArgumentException($"\"{code}\" has not four letters.", nameof(code));
        return OpenCvSharp.FourCC.FromString(code);
    }

    public bool Open(string fileName, FourCC fourcc, double fps, Size frameSize, bool isColor = true) =>
        Open(fileName, VideoCaptureAPIs.ANY, fourcc, fps, frameSize, isColor);

    public bool Open(string fileName, VideoCaptureAPIs apiPreference, FourCC fourcc, double fps, Size frameSize, bool isColor = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        (FileName, Fps, FrameSize, IsColor) = (fileName, fps, frameSize, isColor);
        NativeMethods.Check(NativeMethods.ocv_writer_open(
            Handle, fileName, apiPreference, fourcc, fps, frameSize, isColor ? 1 : 0, out var opened));
        return opened != 0;
    }

    public bool IsOpened()
    {
        NativeMethods.Check(NativeMethods.ocv_writer_is_opened(Handle, out var opened));
        return opened != 0;
    }

    /// <summary>Appends a frame, which must have the size that the file was opened with: OpenCV drops others in silence.</summary>
    public void Write(InputArray image)
    {
        ArgumentNullException.ThrowIfNull(image);
        NativeMethods.Check(NativeMethods.ocv_writer_write(Handle, image.Handle));
    }

    /// <summary>Completes and closes the file.</summary>
    public void Release() => NativeMethods.Check(NativeMethods.ocv_writer_release(Handle));

    public double Get(VideoWriterProperties propId)
    {
        NativeMethods.Check(NativeMethods.ocv_writer_get(Handle, (int)propId, out var value));
        return value;
    }

    public bool Set(VideoWriterProperties propId, double value)
    {
        NativeMethods.Check(NativeMethods.ocv_writer_set(Handle, (int)propId, value, out var accepted));
        return accepted != 0;
    }

    public unsafe string GetBackendName()
    {
        var name = stackalloc byte[NameCapacity];
        NativeMethods.Check(NativeMethods.ocv_writer_backend(Handle, name, NameCapacity));
        return Marshal.PtrToStringUTF8((nint)name) ?? "";
    }

    protected override void Dispose(bool disposing)
    {
        handle.Dispose();
        base.Dispose(disposing);
    }
}
