using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Seg.Models;
using Seg.Models.Runtime;

namespace Seg.Train.Runs;

/// <summary>On what a sitting of a run computes, for the run's <c>environment.json</c>: what one needs to repeat it or to explain a difference.</summary>
public sealed record RunEnvironment
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>The toolkit's version; after the plus sign the commit that it was built from.</summary>
    public required string Seg { get; init; }

    /// <summary>Commit of the folder that the training was started in, where that is a git repository; "+changes" where files differ from it.</summary>
    public required string? GitRevision { get; init; }

    public required string Dotnet { get; init; }

    /// <summary>Which libtorch, by which binding, with which processor features.</summary>
    public required string Runtime { get; init; }

    public required string System { get; init; }

    /// <summary>Of this machine.</summary>
    public required int ProcessorCores { get; init; }

    /// <summary>Threads of the network.</summary>
    public required int Threads { get; init; }

    public required string Device { get; init; }

    public required string Precision { get; init; }

    public required int Seed { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>What can be seen of this process and this machine.</summary>
    public static RunEnvironment Current(string device, string precision, int threads, int seed) => new()
    {
        Seg = typeof(RunEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
        GitRevision = FindGitRevision(),
        Dotnet = RuntimeInformation.FrameworkDescription,
        Runtime = TorchRuntime.Current.Description,
        System = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}",
        ProcessorCores = Environment.ProcessorCount,
        Threads = threads,
        Device = device,
        Precision = precision,
        Seed = seed,
        Started = DateTimeOffset.Now,
    };

    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path) => AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, Format));

    private static string? FindGitRevision()
    {
        var commit = Git("rev-parse HEAD");
        return commit is null || string.IsNullOrEmpty(Git("status --porcelain --untracked-files=no")) ? commit : $"{commit}+changes";
    }

    private static string? Git(string arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            var output = git!.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return git.ExitCode == 0 ? output : null;
        }
        catch (Exception error) when (error is global::System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return null;   // no git here
        }
    }
}
