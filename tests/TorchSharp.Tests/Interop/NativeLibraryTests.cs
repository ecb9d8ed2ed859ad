using TorchSharp.Interop;

namespace TorchSharp.Tests.Interop;

public sealed class NativeLibraryTests
{
    [Fact]
    public void A_library_that_cannot_be_loaded_is_explained_in_one_line()
    {
        const string Loader = """
            Unable to load shared library '/app/libtorch_shim.so' or one of its dependencies. Consider LD_DEBUG:
            libtorch_cpu.so.1.13: cannot open shared object file: No such file or directory

            """;
        Assert.Equal(
            "libtorch could not be loaded: libtorch_cpu.so.1.13: cannot open shared object file: No such file or directory. "
            + "Install the libtorch that this program was built with (apt-get install libtorch-dev), or build again.",
            NativeLibraryResolver.Explain(Loader));
    }

    [Fact]
    public void Libtorch_says_what_it_is()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+", torch.__version__);
        Assert.Contains("PyTorch built with", TorchLibrary.Configuration);
        Assert.Contains(TorchLibrary.CpuCapability, new[] { "NO AVX", "DEFAULT", "AVX2", "AVX512", "unknown" });
    }
}
