using System.Runtime.InteropServices;

namespace Seg.Models;

/// <summary>Tells devices, pipes and sockets from files, which .NET does not.</summary>
internal static partial class SpecialFile
{
    // Linux' statx, whose record is the same on every processor.
    private const int CurrentFolder = -100, TypeOnly = 1, RecordLength = 256, ModeAt = 28;
    private const int TypeMask = 0xF000, Folder = 0x4000, RegularFile = 0x8000;

    /// <summary>Whether something is there, behind links where there are any, and is neither a file nor a folder. Known on Linux alone.</summary>
    public static bool Is(string path)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        var record = new byte[RecordLength];
        try
        {
            if (Status(CurrentFolder, path, flags: 0, TypeOnly, record) != 0)
                return false;
        }
        catch (EntryPointNotFoundException)
        {
            return false;                                       // a C library from before 2018
        }
        return (BitConverter.ToUInt16(record, ModeAt) & TypeMask) is not (Folder or RegularFile);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int folder, string path, int flags, uint mask, [Out] byte[] record);
}
