using Seg.Predict.Jobs;

namespace Seg.Predict.Tests.Jobs;

public sealed class ResultFilesTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Without a lock this fails mostly, not always.</summary>
    [Fact]
    public async Task Several_threads_may_ask_for_paths_at_a_time()
    {
        const int Threads = 4, Folders = 500;
        ResultFiles files = new(new PredictRequest { Model = "", Inputs = [], Output = folder["out"] }, []);
        using Barrier start = new(Threads);
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () => AskForAll(thread), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.Equal(Threads * Folders, files.Written.OfType<string>().Distinct().Count());

        void AskForAll(int thread)
        {
            start.SignalAndWait();
            for (var index = 0; index < Folders; index++)
                files.Next($"{thread}/{index}/x.png");
        }
    }
}
