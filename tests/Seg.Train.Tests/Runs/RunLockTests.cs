using Seg.Models;
using Seg.Train.Runs;

namespace Seg.Train.Tests.Runs;

public sealed class RunLockTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_run_directory_takes_one_training_at_a_time()
    {
        using (new RunLock(folder.At()))
        {
            var error = Assert.Throws<InputException>(() => new RunLock(folder.At()));
            Assert.Contains(folder.At(), error.Message);
            Assert.Contains("--run", error.Message);
        }
        new RunLock(folder.At()).Dispose();
    }

    public void Dispose() => folder.Dispose();
}
