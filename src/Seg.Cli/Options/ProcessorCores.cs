namespace Seg.Cli.Options;

/// <summary>How many threads the processor can compute on at full speed.</summary>
internal static class ProcessorCores
{
    /// <summary>
    /// Whole cores, as the two threads of one share their arithmetic units, and no more than this process may use. libtorch's own
    /// default is the same on most machines, but a single thread on some virtual ones.
    /// </summary>
    public static int Count => Math.Max(1, Math.Min(Whole() ?? Environment.ProcessorCount, Environment.ProcessorCount));

    private static int? Whole()
    {
        const string Folder = "/sys/devices/system/cpu";
        try
        {
            HashSet<string> cores = [];
            for (var index = 0; File.Exists($"{Folder}/cpu{index}/topology/thread_siblings_list"); index++)
                cores.Add(File.ReadAllText($"{Folder}/cpu{index}/topology/thread_siblings_list"));
            return cores.Count > 0 ? cores.Count : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
