using Seg.Predict.Jobs;

namespace Seg.Predict.Tests.Jobs;

public class MemoryGateTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Items_wait_for_room_and_one_always_passes()
    {
        MemoryGate gate = new(most: 100);
        gate.Enter(500, CancellationToken.None);
        var second = Task.Run(() => gate.Enter(60, CancellationToken.None));
        await Assert.ThrowsAsync<TimeoutException>(() => second.WaitAsync(Soon));
        gate.Leave(500);
        await second;
        gate.Enter(40, CancellationToken.None);
        var fourth = Task.Run(() => gate.Enter(1, CancellationToken.None));
        await Assert.ThrowsAsync<TimeoutException>(() => fourth.WaitAsync(Soon));
        gate.Leave(40);
        await fourth;
    }

    [Fact]
    public async Task Who_waits_can_be_stopped()
    {
        MemoryGate gate = new(most: 100);
        gate.Enter(100, CancellationToken.None);
        using CancellationTokenSource stop = new();
        var second = Task.Run(() => gate.Enter(1, stop.Token));
        await Assert.ThrowsAsync<TimeoutException>(() => second.WaitAsync(Soon));
        stop.Cancel();
        await Assert.ThrowsAsync<OperationCanceledException>(() => second);
    }
}
