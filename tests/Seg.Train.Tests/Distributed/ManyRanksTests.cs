using System.Net;
using System.Net.Sockets;
using Seg.Models;
using Seg.Train.Distributed;

namespace Seg.Train.Tests.Distributed;

public sealed class ManyRanksTests
{
    [Fact]
    public void Ranks_agree_add_and_gather()
    {
        RankThreads.Run(2, ranks =>
        {
            Assert.False(ranks.Any(false));
            Assert.True(ranks.Any(ranks.Rank == 1));
            double[] numbers = [ranks.Rank + 1, 0.5];
            ranks.Sum(numbers);
            Assert.Equal([3, 1], numbers);
            Assert.Equal("from 0", ranks.FromFirst(() => $"from {ranks.Rank}"));
            // Of different lengths, and with what is no number.
            Assert.Equal([0, 1, double.NaN], ranks.Gather<double>(ranks.Rank == 0 ? [0.0] : [1.0, double.NaN]));
        });
    }

    [Fact]
    public void A_file_of_rank_0_is_copied_to_the_others()
    {
        using TemporaryFolder folder = new();
        var content = new byte[100_000];
        new Random(1).NextBytes(content);
        File.WriteAllBytes(folder.At("file"), content);
        RankThreads.Run(2, ranks =>
        {
            using SharedFile file = new(ranks, ranks.IsFirst ? folder.At("file") : null);
            Assert.Equal(ranks.IsFirst, file.Path == folder.At("file"));
            Assert.Equal(content, File.ReadAllBytes(file.Path));
        });
        Assert.True(File.Exists(folder.At("file")));
    }

    [Fact]
    public void A_rank_that_fails_ends_the_others_with_its_reason()
    {
        var port = RankThreads.FreePort();
        var failures = RankThreads.Try([RankThreads.Placement(0, 3, port), RankThreads.Placement(1, 3, port), RankThreads.Placement(2, 3, port)], ranks =>
        {
            if (ranks.Rank == 1)
                throw new IOException("the disk is full");
            ranks.Any(false);   // would wait for rank 1
        });

        Assert.IsType<IOException>(failures[1]);
        foreach (var failure in new[] { failures[0], failures[2] })
        {
            Assert.IsType<RankFailedException>(failure);
            Assert.StartsWith("Rank 1 (", failure.Message, StringComparison.Ordinal);
            Assert.EndsWith("has failed: the disk is full", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Two_processes_of_the_same_rank_are_told_of_each_other()
    {
        var port = RankThreads.FreePort();
        var failures = RankThreads.Try([RankThreads.Placement(0, 3, port), RankThreads.Placement(1, 3, port), RankThreads.Placement(1, 3, port)], _ => { });

        Assert.All(failures, failure => Assert.Contains("Two processes say that they are rank 1", failure!.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Ranks_that_expect_other_numbers_of_ranks_are_told()
    {
        var port = RankThreads.FreePort();
        var failures = RankThreads.Try([RankThreads.Placement(0, 2, port), RankThreads.Placement(1, 3, port)], _ => { });

        foreach (var failure in failures)
        {
            Assert.Contains("expects 2 ranks, but rank 1", failure!.Message, StringComparison.Ordinal);
            Assert.Contains("WORLD_SIZE must be the same", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_rank_that_does_not_come_is_named()
    {
        var port = RankThreads.FreePort();
        var failures = RankThreads.Try(
            [RankThreads.Placement(0, 3, port), RankThreads.Placement(2, 3, port)], _ => { }, limit: TimeSpan.FromSeconds(5));

        Assert.IsType<InputException>(failures[0]);
        Assert.All(failures, failure => Assert.Matches("^Only 2 of 3 ranks have come to .*; missing: 1\\.", failure!.Message));
    }

    [Fact]
    public void Nobody_joins_a_run_that_has_begun_and_the_run_goes_on()
    {
        var port = RankThreads.FreePort();
        Exception? late = null;
        RankThreads.Run(2, port, ranks =>
        {
            if (ranks.IsFirst)
                late = RankThreads.Try([RankThreads.Placement(2, 3, port)], _ => { })[0];
            Assert.False(ranks.Any(false));
        });

        Assert.IsType<InputException>(late);
        Assert.Contains("has begun with 2 ranks: no process can join it any more", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_in_use_is_told()
    {
        using TcpListener taken = new(IPAddress.Any, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var failure = RankThreads.Try([RankThreads.Placement(0, 2, port)], _ => { })[0];

        Assert.IsType<InputException>(failure);
        Assert.Contains($"Port {port} of this machine is in use", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rank_0_out_of_reach_is_told()
    {
        var failure = RankThreads.Try([RankThreads.Placement(1, 2, RankThreads.FreePort())], _ => { }, limit: TimeSpan.FromSeconds(1))[0];

        Assert.IsType<InputException>(failure);
        Assert.Contains("Rank 1 cannot reach rank 0 at 127.0.0.1:", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_config_on_one_rank_is_told_on_all()
    {
        var failures = Start(
            rank => new StartFacts($$"""{ "train": { "seed": {{rank}} } }""", ["a.png (3 bytes)"]));

        Assert.All(failures, failure => Assert.IsType<RanksDifferException>(failure));
        Assert.StartsWith("Rank 1 (", failures[0]!.Message, StringComparison.Ordinal);
        Assert.Contains("has another config than rank 0: train.seed is 1, not 0.", failures[0]!.Message, StringComparison.Ordinal);
        Assert.Equal(failures[0]!.Message, failures[1]!.Message);
    }

    [Fact]
    public void Other_data_on_one_rank_are_told_on_all()
    {
        var failures = Start(rank => new StartFacts("{}", ["a.png (3 bytes)", rank == 0 ? "b.png (4 bytes)" : "b.png (5 bytes)"]));
        Assert.All(
            failures,
            failure => Assert.Contains("has other data than rank 0: its file 2 is b.png (5 bytes), not b.png (4 bytes)", failure!.Message, StringComparison.Ordinal));

        failures = Start(rank => new StartFacts("{}", rank == 0 ? ["a", "b"] : ["a"]));
        Assert.All(failures, failure => Assert.Contains("it has 1 files, not 2", failure!.Message, StringComparison.Ordinal));
    }

    private static Exception?[] Start(Func<int, StartFacts> facts)
    {
        var port = RankThreads.FreePort();
        return RankThreads.Try(
            [RankThreads.Placement(0, 2, port), RankThreads.Placement(1, 2, port)], ranks => ranks.RequireSame(facts(ranks.Rank)));
    }
}
