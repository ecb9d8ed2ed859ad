using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Seg.Models;
using Seg.Models.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Seg.Train.Distributed;

/// <summary>One of several processes that train together, on libtorch's c10d.</summary>
public sealed class ManyRanks : IRanks
{
    /// <summary>Of one call among ranks: as long as one may have to wait for what another does alone. Who is lost is found by <see cref="Heartbeat"/>.</summary>
    private static readonly TimeSpan CallLimit = TimeSpan.FromHours(6);

    /// <summary>Of connecting to each other, once all are known to be there.</summary>
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(60);

    // Predictions may hold what is no number.
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly RankPlacement placement;
    private readonly IKeyStore store;
    private readonly IProcessGroup group;
    private readonly Heartbeat heartbeat;
    private readonly IReadOnlyList<RankName> names;
    private Exception? ownFault;

    /// <summary>Meets all other ranks.</summary>
    /// <param name="limit">How long to wait for them.</param>
    /// <param name="lost">Told, on another thread, why the run is over, once it is.</param>
    /// <exception cref="InputException">They do not belong together, or do not come.</exception>
    /// <exception cref="RankFailedException">Another rank has failed meanwhile.</exception>
    public ManyRanks(RankPlacement placement, TimeSpan limit, Action<string>? lost = null, CancellationToken cancellation = default)
    {
        this.placement = placement;
        Rendezvous rendezvous = new(placement, limit, cancellation);
        store = rendezvous.Open(isFirstConnection: true);
        try
        {
            names = rendezvous.Meet(store);
            IProcessGroup? joined = null;
            heartbeat = new Heartbeat(rendezvous.Open(isFirstConnection: false), names, Rank, why =>
            {
                Volatile.Read(ref joined)?.Abort(why);
                lost?.Invoke(why);
            });
            Volatile.Write(ref joined, Connect(rendezvous.Address(names)));
            group = joined;
            if (heartbeat.Reason is { } early)
                throw new RankFailedException(early);
        }
        catch
        {
            heartbeat?.WaitForOthersToKnow();
            heartbeat?.Dispose();
            // Others may still ask the store why.
            if (Rank == 0)
                Thread.Sleep(TimeSpan.FromSeconds(1));
            store.Dispose();
            throw;
        }
    }

    public int Rank => placement.Rank;

    public int Size => placement.Size;

    public int LocalSize => placement.LocalSize;

    public bool Any(bool own)
    {
        long[] votes = [own ? 1 : 0];
        Sum(votes);
        return votes[0] > 0;
    }

    public void Sum(double[] numbers) => Sum<double>(numbers, values => tensor(values));

    public void Sum(long[] numbers) => Sum<long>(numbers, values => tensor(values));

    public T FromFirst<T>(Func<T> make)
    {
        var own = Rank == 0 ? JsonSerializer.SerializeToUtf8Bytes(make(), Json) : [];
        return JsonSerializer.Deserialize<T>(GatherBytes(own)[0], Json)!;
    }

    public IReadOnlyList<T> Gather<T>(IReadOnlyList<T> own) =>
        [.. GatherBytes(JsonSerializer.SerializeToUtf8Bytes(own, Json)).SelectMany(bytes => JsonSerializer.Deserialize<T[]>(bytes, Json)!)];

    public byte[][] GatherBytes(byte[] own) => Guarded(() =>
    {
        using var scope = NewDisposeScope();
        var lengths = group.Gather(tensor(new[] { (long)own.Length })).data<long>().ToArray();
        // Of one length, as gathering needs it.
        var padded = new byte[Math.Max(1, lengths.Max())];
        own.CopyTo(padded, 0);
        var all = group.Gather(tensor(padded)).data<byte>().ToArray();
        return lengths.Select((length, rank) => all.AsSpan(rank * padded.Length, (int)length).ToArray()).ToArray();
    });

    public void Broadcast(IReadOnlyList<Tensor> tensors) => Guarded(() =>
    {
        using var withoutGradient = no_grad();
        group.Broadcast(tensors, source: 0);
        return true;
    });

    public void RequireSame(StartFacts facts) => StartAgreement.Require(this, names, facts);

    public GradientExchange? Exchange(IReadOnlyList<Parameter> parameters, bool syncBatchNorm) =>
        new(this, group, group.Reduce(parameters), syncBatchNorm);

    public Exception Failed(Exception error)
    {
        if (error == ownFault)
            return error;
        // These are the same on all ranks, which say so themselves.
        if (error is TrainingDivergedException or RanksDifferException)
        {
            heartbeat.Fail(error.Message);
            return error;
        }
        // What came of the connection itself has a reason on another rank; all else is this rank's own fault.
        if (heartbeat.Reason is { } known)
            return error is RankFailedException ? error : new RankFailedException(known, error);
        if (error is ExternalException && IsOfConnection(error.Message))
            return new RankFailedException(heartbeat.ReasonOfBreak(error.Message.Split('\n')[0]), error);
        var what = error is OperationCanceledException ? "was interrupted before the first step" : $"has failed: {error.Message}";
        ownFault = error;
        heartbeat.Fail($"Rank {names[Rank].ToString()[5..]} {what}");
        return error;
    }

    public void Leave()
    {
        Any(false);
        heartbeat.Stop();
    }

    public void Dispose()
    {
        heartbeat.WaitForOthersToKnow();
        heartbeat.Dispose();
        group.Dispose();
        store.Dispose();
    }

    /// <summary>Connects to the others; these calls of libtorch cannot be ended from outside.</summary>
    private IProcessGroup Connect(string address)
    {
        try
        {
            return Patience.Within(
                ConnectLimit, () => TorchRuntime.Current.JoinGroup(store, address, Rank, Size, CallLimit),
                () => new IOException($"Rank {Rank}, at {address}, cannot connect to all other ranks, though all reach {placement.Host}. GLOO_SOCKET_IFNAME names the network interface to take."));
        }
        catch (ExternalException error)
        {
            throw new RankFailedException(heartbeat.ReasonOfBreak(error.Message.Split('\n')[0]), error);
        }
    }

    private void Sum<T>(T[] numbers, Func<T[], Tensor> make) where T : unmanaged => Guarded(() =>
    {
        using var values = make(numbers);
        group.Sum(values);
        values.data<T>().ToArray().CopyTo(numbers, 0);
        return true;
    });

    private T Guarded<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (ExternalException error)
        {
            throw new RankFailedException(heartbeat.Reason ?? heartbeat.ReasonOfBreak(error.Message.Split('\n')[0]), error);
        }
    }

    private static bool IsOfConnection(string message) =>
        new[] { "gloo", "nccl", "socket", "connection" }.Any(word => message.Contains(word, StringComparison.OrdinalIgnoreCase));
}
