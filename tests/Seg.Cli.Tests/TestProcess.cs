using System.Runtime.CompilerServices;

// Seeds and numbers of threads belong to the process: two commands at a time would change each other's.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Seg.Cli.Tests;

internal static class TestProcess
{
    /// <summary>Bare names of models are looked up from the current folder, and the tests may run from anywhere.</summary>
    [ModuleInitializer]
    internal static void StartInRepository() => Directory.SetCurrentDirectory(Repository.Root);
}
