using System.Diagnostics;

namespace Seg.Cli.Tests;

public class GpuCheckTests
{
    [Fact]
    public void The_script_that_packs_a_check_says_how_it_is_used()
    {
        var (exitCode, output) = Run(Repository.At("tools", "gpu-check"));
        Assert.Equal(2, exitCode);
        Assert.Contains("tools/gpu-check FILE.tar.gz", output, StringComparison.Ordinal);
        Assert.DoesNotContain('#', output);
    }

    [Fact]
    public void A_check_of_a_device_passes_where_there_is_no_image_library()
    {
        using TemporaryFolder folder = new();
        // The program as it travels to a bare GPU machine: without what binds it to OpenCV.
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory).Where(file => !file.EndsWith("libopencv_shim.so", StringComparison.Ordinal)))
            File.Copy(file, folder.At(Path.GetFileName(file)));
        var json = folder.At("check.json");
        var (exitCode, output) = Run(
            "dotnet", folder.At("Seg.Cli.dll"), "check-device", "--device", "cpu", "--quick", "--only", "blocks", "--steps", "12", "--threads", "1", "--json", json);
        Assert.Contains("No GPU is used", output, StringComparison.Ordinal);
        Assert.Contains("strip_pooling", output, StringComparison.Ordinal);
        Assert.Contains("All 12 comparisons are within their limits", output, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
        Assert.Contains("\"passed\": true", File.ReadAllText(json), StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
