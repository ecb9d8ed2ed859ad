using System.Runtime.InteropServices;

namespace OpenCvSharp.Internal;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ocv_imread(string path, ImreadModes flags, out MatHandle mat);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ocv_imwrite(string path, MatHandle image, int* parameters, int count, out int written);

    [LibraryImport(Library)]
    public static partial int ocv_imdecode(byte* data, long length, ImreadModes flags, out MatHandle mat);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ocv_imencode(
        string extension, MatHandle image, int* parameters, int count, out int encoded, out BufferHandle buffer);

    [LibraryImport(Library)]
    public static partial byte* ocv_buffer_data(BufferHandle buffer, out long length);

    [LibraryImport(Library)]
    public static partial void ocv_buffer_free(nint buffer);

    [LibraryImport(Library)]
    public static partial int ocv_capture_new(out CaptureHandle capture);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ocv_capture_open(
        CaptureHandle capture, string path, VideoCaptureAPIs api, int* parameters, int count, out int opened);

    [LibraryImport(Library)]
    public static partial int ocv_capture_open_camera(
        CaptureHandle capture, int index, VideoCaptureAPIs api, int* parameters, int count, out int opened);

    [LibraryImport(Library)]
    public static partial void ocv_capture_free(nint capture);

    [LibraryImport(Library)]
    public static partial int ocv_capture_is_opened(CaptureHandle capture, out int opened);

    [LibraryImport(Library)]
    public static partial int ocv_capture_release(CaptureHandle capture);

    [LibraryImport(Library)]
    public static partial int ocv_capture_read(CaptureHandle capture, MatHandle dst, out int got);

    [LibraryImport(Library)]
    public static partial int ocv_capture_grab(CaptureHandle capture, out int got);

    [LibraryImport(Library)]
    public static partial int ocv_capture_retrieve(CaptureHandle capture, MatHandle dst, int flag, out int got);

    [LibraryImport(Library)]
    public static partial int ocv_capture_get(CaptureHandle capture, int property, out double value);

    [LibraryImport(Library)]
    public static partial int ocv_capture_set(CaptureHandle capture, int property, double value, out int accepted);

    [LibraryImport(Library)]
    public static partial int ocv_capture_backend(CaptureHandle capture, byte* name, int capacity);

    [LibraryImport(Library)]
    public static partial int ocv_writer_new(out WriterHandle writer);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ocv_writer_open(
        WriterHandle writer, string path, VideoCaptureAPIs api, int fourCc, double fps, Size size, int color, out int opened);

    [LibraryImport(Library)]
    public static partial void ocv_writer_free(nint writer);

    [LibraryImport(Library)]
    public static partial int ocv_writer_is_opened(WriterHandle writer, out int opened);

    [LibraryImport(Library)]
    public static partial int ocv_writer_write(WriterHandle writer, MatHandle image);

    [LibraryImport(Library)]
    public static partial int ocv_writer_release(WriterHandle writer);

    [LibraryImport(Library)]
    public static partial int ocv_writer_get(WriterHandle writer, int property, out double value);

    [LibraryImport(Library)]
    public static partial int ocv_writer_set(WriterHandle writer, int property, double value, out int accepted);

    [LibraryImport(Library)]
    public static partial int ocv_writer_backend(WriterHandle writer, byte* name, int capacity);
}
