using System.Runtime.InteropServices;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

/// <summary>Reads the frames of a video file, a stream or a camera, in order.</summary>
public class VideoCapture : DisposableObject
{
    private const int NameCapacity = 64;

    private readonly CaptureHandle handle;

    public VideoCapture()
    {
        NativeMethods.Check(NativeMethods.ocv_capture_new(out handle));
    }

    /// <summary>Opens a video; <see cref="IsOpened"/> says whether that went well.</summary>
    public VideoCapture(string fileName, VideoCaptureAPIs apiPreference = VideoCaptureAPIs.ANY) : this() => Open(fileName, apiPreference);

    /// <inheritdoc cref="VideoCapture(string, VideoCaptureAPIs)"/>
    /// <param name="prms">Pairs of <see cref="VideoCaptureProperties"/> number and value.</param>
    public VideoCapture(string fileName, VideoCaptureAPIs apiPreference, int[] prms) : this()
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        ArgumentNullException.ThrowIfNull(prms);
        OpenFile(fileName, apiPreference, prms);
    }

    /// <summary>Opens the camera of a number, from 0; <see cref="IsOpened"/> says whether that went well.</summary>
    public VideoCapture(int index, VideoCaptureAPIs apiPreference = VideoCaptureAPIs.ANY) : this() => Open(index, apiPreference);

    public int FrameWidth => (int)Get(VideoCaptureProperties.FrameWidth);

    public int FrameHeight => (int)Get(VideoCaptureProperties.FrameHeight);

    /// <summary>Frames a second.</summary>
    public double Fps => Get(VideoCaptureProperties.Fps);

    /// <summary>Frames of the file as its header says, which may be more or fewer than can be read.</summary>
    public int FrameCount => (int)Get(VideoCaptureProperties.FrameCount);

    /// <summary>Index of the next frame.</summary>
    public int PosFrames
    {
        get => (int)Get(VideoCaptureProperties.PosFrames);
        set => Set(VideoCaptureProperties.PosFrames, value);
    }

    private CaptureHandle Handle
    {
        get
        {
            ThrowIfDisposed();
            return handle;
        }
    }

    public bool Open(string fileName, VideoCaptureAPIs apiPreference = VideoCaptureAPIs.ANY)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        return OpenFile(fileName, apiPreference, []);
    }

    public unsafe bool Open(int index, VideoCaptureAPIs apiPreference = VideoCaptureAPIs.ANY)
    {
        NativeMethods.Check(NativeMethods.ocv_capture_open_camera(Handle, index, apiPreference, null, 0, out var opened));
        return opened != 0;
    }

    public bool IsOpened()
    {
        NativeMethods.Check(NativeMethods.ocv_capture_is_opened(Handle, out var opened));
        return opened != 0;
    }

    /// <summary>Closes the file.</summary>
    public void Release() => NativeMethods.Check(NativeMethods.ocv_capture_release(Handle));

    /// <summary>Decodes the next frame into <paramref name="image"/>; false, and an empty image, after the last one.</summary>
    public bool Read(Mat image)
    {
        ArgumentNullException.ThrowIfNull(image);
        NativeMethods.Check(NativeMethods.ocv_capture_read(Handle, image.Handle, out var got));
        return got != 0;
    }

    /// <inheritdoc cref="Read(Mat)"/>
    public bool Read(OutputArray image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Read(image.Mat);
    }

    /// <summary>Goes on to the next frame; <see cref="Retrieve"/> gives it.</summary>
    public bool Grab()
    {
        NativeMethods.Check(NativeMethods.ocv_capture_grab(Handle, out var got));
        return got != 0;
    }

    public bool Retrieve(Mat image, int flag = 0)
    {
        ArgumentNullException.ThrowIfNull(image);
        NativeMethods.Check(NativeMethods.ocv_capture_retrieve(Handle, image.Handle, flag, out var got));
        return got != 0;
    }

    /// <summary>0 for what the backend does not know.</summary>
    public double Get(VideoCaptureProperties propertyId)
    {
        NativeMethods.Check(NativeMethods.ocv_capture_get(Handle, (int)propertyId, out var value));
        return value;
    }

    /// <returns>false where the backend does not take it.</returns>
    public bool Set(VideoCaptureProperties propertyId, double value)
    {
        NativeMethods.Check(NativeMethods.ocv_capture_set(Handle, (int)propertyId, value, out var accepted));
        return accepted != 0;
    }

    public unsafe string GetBackendName()
    {
        var name = stackalloc byte[NameCapacity];
        NativeMethods.Check(NativeMethods.ocv_capture_backend(Handle, name, NameCapacity));
        return Marshal.PtrToStringUTF8((nint)name) ?? "";
    }

    private unsafe bool OpenFile(string fileName, VideoCaptureAPIs apiPreference, int[] prms)
    {
        fixed (int* parameters = prms)
        {
            NativeMethods.Check(NativeMethods.ocv_capture_open(Handle, fileName, apiPreference, parameters, prms.Length, out var opened));
            return opened != 0;
        }
    }

    protected override void Dispose(bool disposing)
    {
        handle.Dispose();
        base.Dispose(disposing);
    }
}
