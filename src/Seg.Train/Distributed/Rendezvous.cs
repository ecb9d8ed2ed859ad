using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Seg.Models;
using Seg.Models.Runtime;

namespace Seg.Train.Distributed;

/// <summary>How the ranks find each other, through the store, before anything else: who is there, and whether they belong together.</summary>
internal sealed class Rendezvous(RankPlacement placement, TimeSpan limit, CancellationToken cancellation)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100), Answer = TimeSpan.FromSeconds(20);

    private string Place => $"{placement.Host}:{placement.Port}";

    /// <summary>Connects to the store; rank 0 opens it.</summary>
    /// <exception cref="InputException">The port is taken, or rank 0 does not answer in time.</exception>
    public IKeyStore Open(bool isFirstConnection)
    {
        var isServer = isFirstConnection && placement.Rank == 0 && !placement.HasStore;
        try
        {
            return Patience.Within(
                limit + Answer, () => TorchRuntime.Current.OpenStore(placement.Host, placement.Port, isServer, placement.Prefix, limit), Unreachable, cancellation);
        }
        catch (ExternalException error) when (isServer)
        {
            throw new InputException(
                error.Message.Contains("in use", StringComparison.OrdinalIgnoreCase)
                    ? $"Port {placement.Port} of this machine is in use, so that rank 0 cannot open its store there; set MASTER_PORT to a free one, on all ranks."
                    : $"Rank 0 cannot open its store at {Place}: {error.Message.Split('\n')[0]}",
                error);
        }
        catch (ExternalException)
        {
            throw Unreachable();
        }
        catch (NotSupportedException error)
        {
            throw new InputException(error.Message, error);
        }
    }

    /// <summary>Makes this rank known and waits for all others.</summary>
    /// <exception cref="InputException">The run has begun already, two are the same rank, they expect other numbers of ranks, or some do not come.</exception>
    /// <exception cref="RankFailedException">Another rank has found a fault.</exception>
    public IReadOnlyList<RankName> Meet(IKeyStore store)
    {
        RankName own = new(placement.Rank, placement.Size, Environment.MachineName, Environment.ProcessId, RankAddress.Towards(placement.Host));
        if (Get(store, "started") is { } started)
            throw TooLate(started);
        if (Patience.Within(Answer, () => store.Add($"joined/{own.Rank}", 1), NoAnswer) > 1)
            throw Doubled(store, own);
        Set(store, $"who/{own.Rank}", own.ToBytes());

        var names = new RankName?[placement.Size];
        for (var clock = Stopwatch.StartNew(); names.Contains(null); Thread.Sleep(Poll))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Get(store, "ended") is { } ended)
                throw new RankFailedException(Encoding.UTF8.GetString(ended));
            for (var rank = 0; rank < names.Length; rank++)
                names[rank] ??= Get(store, $"who/{rank}") is { } bytes ? Checked(store, RankName.Of(bytes), own) : null;
            if (clock.Elapsed > limit && names.Contains(null))
                throw own.Rank == 0 ? Ended(store, Missing(names)) : new InputException(Missing(names));
        }
        // Rank 0's word for all: from here on nobody can join any more.
        if (own.Rank == 0)
            Set(store, "started", Encoding.UTF8.GetBytes($"{placement.Size}"));
        return [.. names.Select(name => name!)];
    }

    /// <summary>By which address the others reach this rank. Rank 0, asked by its own name, may know none but the loopback.</summary>
    public string Address(IReadOnlyList<RankName> names)
    {
        var own = names[placement.Rank].Address;
        var remote = names.FirstOrDefault(name => !IPAddress.IsLoopback(IPAddress.Parse(name.Address)));
        return IPAddress.IsLoopback(IPAddress.Parse(own)) && remote is not null ? RankAddress.Towards(remote.Address) : own;
    }

    private RankName Checked(IKeyStore store, RankName other, RankName own)
    {
        if (other.Size == own.Size)
            return other;
        var (first, second) = other.Rank < own.Rank ? (other, own) : (own, other);
        throw Ended(store, $"{first} expects {first.Size} ranks, but {second} expects {second.Size}: WORLD_SIZE must be the same on all of them.");
    }

    private InputException TooLate(byte[] size) => new(
        $"The run at {Place} has begun with {Encoding.UTF8.GetString(size)} ranks: no process can join it any more, this one as rank {placement.Rank} neither. " +
        "Stop the run and start all ranks again; --resume goes on from its last checkpoint.");

    private InputException Doubled(IKeyStore store, RankName own)
    {
        var other = Get(store, $"who/{own.Rank}") is { } bytes ? RankName.Of(bytes) : null;
        return Ended(
            store, $"Two processes say that they are rank {own.Rank}: process {other?.Process} on {other?.Machine ?? "another machine"} and process {own.Process} on {own.Machine}. Give each a RANK of its own.");
    }

    private string Missing(RankName?[] names)
    {
        var missing = names.Index().Where(entry => entry.Item is null).Select(entry => entry.Index).ToArray();
        return
            $"Only {names.Length - missing.Length} of {names.Length} ranks have come to {Place} in {limit.TotalSeconds:f0} s; " +
            $"missing: {string.Join(", ", missing)}. Is a process started for each ({placement.Source}), and does each reach that address?";
    }

    private InputException Unreachable() => new(
        $"Rank {placement.Rank} cannot reach rank 0 at {Place} ({placement.Source}) in {limit.TotalSeconds:f0} s. Is rank 0 started, is that its address, and is the port open?");

    private IOException NoAnswer() => new($"The store at {Place} accepts connections but does not answer: is something else listening there?");

    /// <summary>Tells the others of a fault, too.</summary>
    private InputException Ended(IKeyStore store, string message)
    {
        Set(store, "ended", Encoding.UTF8.GetBytes(message));
        return new InputException(message);
    }

    /// <exception cref="RankFailedException">Rank 0 has closed the store.</exception>
    private byte[]? Get(IKeyStore store, string key)
    {
        try
        {
            return Patience.Within(Answer, () => store.Get(key), NoAnswer);
        }
        catch (ExternalException error)
        {
            throw new RankFailedException($"Rank 0 has left {Place} before all ranks had come; it says why.", error);
        }
    }

    private void Set(IKeyStore store, string key, byte[] value) => Patience.Within(
        Answer,
        () =>
        {
            store.Set(key, value);
            return true;
        },
        NoAnswer);
}
