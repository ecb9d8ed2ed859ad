using System.Runtime.InteropServices;

namespace Seg.Models;

/// <summary>Waits until the names in a folder are on the disk, which .NET has nothing for.</summary>
internal static partial class FolderFlush
{
    private const int ReadOnly = 0;

    /// <summary>Of the folder that holds a file. Does nothing on Windows, whose file system writes names down before they change.</summary>
    public static void Of(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        var folder = Open(Path.GetDirectoryName(Path.GetFullPath(path))!, ReadOnly);
        if (folder < 0)
            return;                                             // may be written to, but not read: the file is there all the same
        // Some file systems refuse this; there is nothing better to do on them.
        _ = Synchronize(folder);
        _ = Close(folder);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Synchronize(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
