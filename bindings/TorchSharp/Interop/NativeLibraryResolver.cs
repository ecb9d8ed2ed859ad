using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Loads the shim from beside the program, and says plainly what is missing when it or libtorch cannot be loaded.</summary>
internal static class NativeLibraryResolver
{
    internal const string LibraryName = "torch_shim";

    private const string FileName = "libtorch_shim.so";

#pragma warning disable CA2255 // the resolver must stand before the first native call, wherever that comes from
    [ModuleInitializer]
    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(NativeLibraryResolver).Assembly, Resolve);
#pragma warning restore CA2255

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != LibraryName)
            return 0;
        var path = Path.Combine(AppContext.BaseDirectory, FileName);
        if (!File.Exists(path))
            throw new DllNotFoundException($"{FileName} is not beside the program ({AppContext.BaseDirectory}); build the project again.");
        try
        {
            using var signals = new FaultSignals();
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException error)
        {
            throw new DllNotFoundException(Explain(error.Message), error);
        }
    }

    /// <summary>One line from the runtime's several, of which the last tells what the loader did not find.</summary>
    internal static string Explain(string loaderMessage)
    {
        var cause = loaderMessage.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)[^1];
        return $"libtorch could not be loaded: {cause}. "
            + "Install the libtorch that this program was built with (apt-get install libtorch-dev), or build again.";
    }
}
