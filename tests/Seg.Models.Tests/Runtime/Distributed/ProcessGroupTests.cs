using System.Runtime.InteropServices;
using Seg.Models.Runtime;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Runtime.Distributed;

public sealed class ProcessGroupTests
{
    [Fact]
    public void Ranks_add_gather_and_broadcast()
    {
        RankThreads.Run(3, (rank, group) =>
        {
            using var scope = NewDisposeScope();
            var own = arange(4, dtype: ScalarType.Float32) + rank;
            using (var gathered = group.Gather(own))
                Assert.Equal([3L, 4L], gathered.shape);
            group.Sum(own);
            Assert.Equal([3f, 6f, 9f, 12f], own.data<float>().ToArray());

            // Of two types and one of them not contiguous: what a network's state is made of.
            var counts = full([2], rank, dtype: ScalarType.Int64);
            var turned = full([2, 3], rank, dtype: ScalarType.Float32).t();
            group.Broadcast([turned, counts], source: 2);
            Assert.Equal([2L, 2L], counts.data<long>().ToArray());
            Assert.All(turned.contiguous().data<float>().ToArray(), value => Assert.Equal(2f, value));
        });
    }

    [Fact]
    public void A_rank_that_waits_in_vain_is_ended_by_an_abort()
    {
        RankThreads.Run(2, (rank, group) =>
        {
            if (rank == 1)
                return;
            using var timer = new Timer(_ => group.Abort("rank 1 went home"), null, 200, Timeout.Infinite);
            using var tensor = ones(1);
            var error = Assert.ThrowsAny<Exception>(() => group.Sum(tensor));
            Assert.True(error is ExternalException);
        });
    }

    [Fact]
    public void The_store_keeps_what_it_is_told()
    {
        using var server = TorchRuntime.Current.OpenStore("127.0.0.1", 0, isServer: true, "run/", TimeSpan.FromSeconds(10));
        using var client = TorchRuntime.Current.OpenStore("127.0.0.1", server.Port, isServer: false, "run/", TimeSpan.FromSeconds(10));

        Assert.Null(client.Get("name"));
        server.Set("name", "some value"u8);
        Assert.Equal("some value"u8.ToArray(), client.Get("name"));
        Assert.Equal(2, client.Add("count", 2));
        Assert.Equal(5, server.Add("count", 3));
    }

    [Fact]
    public void A_port_in_use_is_refused()
    {
        using var server = TorchRuntime.Current.OpenStore("127.0.0.1", 0, isServer: true, "", TimeSpan.FromSeconds(10));
        var error = Assert.Throws<ExternalException>(
            () => TorchRuntime.Current.OpenStore("127.0.0.1", server.Port, isServer: true, "", TimeSpan.FromSeconds(10)));
        Assert.Contains("in use", error.Message, StringComparison.OrdinalIgnoreCase);
    }
}
