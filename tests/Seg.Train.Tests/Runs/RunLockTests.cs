using System.Net.Sockets;
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

    [Fact]
    public void A_lock_that_cannot_be_opened_is_not_taken_for_another_training()
    {
        // A socket is there, but cannot be opened as a file: an error that has nothing to do with another process.
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(folder.At("run.lock")));

        var error = Assert.Throws<IOException>(() => new RunLock(folder.At()));
        Assert.Contains($"Cannot lock '{folder.At()}'", error.Message);
        Assert.Contains("--run", error.Message);
    }

    [Fact]
    public void A_lock_that_may_not_be_opened_is_told_likewise()
    {
        Directory.CreateDirectory(folder.At("run.lock"));

        var error = Assert.Throws<IOException>(() => new RunLock(folder.At()));
        Assert.Contains($"Cannot lock '{folder.At()}'", error.Message);
    }

    public void Dispose() => folder.Dispose();
}
