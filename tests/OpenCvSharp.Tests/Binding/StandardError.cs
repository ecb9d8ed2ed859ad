using System.Runtime.InteropServices;

namespace OpenCvSharp.Tests.Binding;

/// <summary>What native code writes to this process's stderr, which .NET's Console does not see.</summary>
internal static partial class StandardError
{
    private const int Descriptor = 2;

    public static string During(Action action)
    {
        var path = Path.GetTempFileName();
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
        {
            var saved = dup(Descriptor);
            dup2((int)file.DangerousGetHandle(), Descriptor);
            try
            {
                action();
            }
            finally
            {
                dup2(saved, Descriptor);
                close(saved);
            }
        }
        var text = File.ReadAllText(path);
        File.Delete(path);
        return text;
    }

    [LibraryImport("libc")]
    private static partial int dup(int descriptor);

    [LibraryImport("libc")]
    private static partial int dup2(int from, int to);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
