using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Seg.Models.Runtime;

namespace Seg.Train.Distributed;

/// <summary>
/// Tells the other ranks, through the store, that this one lives, and learns whether they do: so that a rank which fails, is killed or is cut off ends the
/// run everywhere, with one reason, instead of leaving others to wait for it.
/// </summary>
/// <remarks>
/// Every rank counts a key of its own up. Rank 0 watches all of them, each other rank watches rank 0; the key "ended" holds why the run is over. A rank
/// whose store does not answer has lost rank 0, which keeps it.
/// </remarks>
internal sealed class Heartbeat : IDisposable
{
    /// <summary>After so long without a beat a rank is lost.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(18);

    // Where a connection has broken already, there is less to wait for.
    private static readonly TimeSpan SuspiciousSilence = TimeSpan.FromSeconds(5), Interval = TimeSpan.FromSeconds(1), Look = TimeSpan.FromMilliseconds(250);

    private readonly IKeyStore store;
    private readonly IReadOnlyList<RankName> names;
    private readonly int rank;
    private readonly (string Beat, long Since)[] others;
    private readonly ManualResetEventSlim closing = new(), published = new(), known = new();
    private readonly Thread beating, watching;
    private long lastAnswer = Stopwatch.GetTimestamp(), heard;
    private volatile bool isSuspicious;
    private volatile string? reason;

    /// <param name="store">A connection of its own, which becomes this one's.</param>
    /// <param name="names">Of all ranks.</param>
    /// <param name="ended">Told once, on a thread of this, why the run is over.</param>
    public Heartbeat(IKeyStore store, IReadOnlyList<RankName> names, int rank, Action<string> ended)
    {
        (this.store, this.names, this.rank, Ended) = (store, names, rank, ended);
        others = new (string, long)[names.Count];
        beating = new Thread(Beat) { IsBackground = true, Name = "rank heartbeat" };
        watching = new Thread(Watch) { IsBackground = true, Name = "rank watch" };
        beating.Start();
        watching.Start();
    }

    /// <summary>Why the run is over; null while it goes on.</summary>
    public string? Reason => reason;

    private Action<string> Ended { get; }

    /// <summary>Ends the run on all ranks, unless it is over already, and waits for the others to be told.</summary>
    /// <returns>Why it is over: this, or what was before.</returns>
    public string Fail(string why)
    {
        End(why);
        published.Wait(TimeSpan.FromSeconds(3));
        return reason!;
    }

    /// <summary>Waits for the reason of a connection that broke; after a while the connection itself is the reason.</summary>
    /// <param name="error">What the connection's library says.</param>
    public string ReasonOfBreak(string error)
    {
        isSuspicious = true;
        known.Wait(SuspiciousSilence + TimeSpan.FromSeconds(5));
        return reason ?? Fail($"{Capital(names[rank])} has lost its connection to another rank: {error}");
    }

    /// <summary>After the end rank 0, which keeps the store, stays until the others know why, or cannot be waited for.</summary>
    public void WaitForOthersToKnow()
    {
        if (rank != 0 || reason is null)
            return;
        for (var tries = 0; tries < 16 && Volatile.Read(ref heard) < CountHeardOf(SuspiciousSilence); tries++)
            Thread.Sleep(Look);
    }

    /// <summary>The run has come to its end: from now on others may go.</summary>
    public void Stop() => closing.Set();

    public void Dispose()
    {
        Stop();
        // A thread that waits for a lost store is left behind, and the store with it.
        if (beating.Join(TimeSpan.FromSeconds(2)))
            store.Dispose();
        watching.Join(TimeSpan.FromSeconds(2));
    }

    private void Beat()
    {
        try
        {
            for (var beat = 0L; !closing.IsSet; beat++)
            {
                store.Set($"beat/{rank}", Encoding.UTF8.GetBytes($"{beat}"));
                if (reason is null && store.Get("ended") is { } told)
                    End(Encoding.UTF8.GetString(told));
                if (reason is { } own)
                    Publish(own);
                else
                    ReadOthers();
                Volatile.Write(ref lastAnswer, Stopwatch.GetTimestamp());
                Heard();
                if (reason is null)
                    WaitHandle.WaitAny([closing.WaitHandle, known.WaitHandle], Interval);
                else
                    closing.Wait(Look);
            }
        }
        catch (ExternalException error)
        {
            if (!closing.IsSet)
                End($"{Capital(names[0])}, which keeps the run's store, is gone: it has failed or was killed, or its machine is cut off ({FirstLine(error)}).");
        }
    }

    /// <summary>Of several ranks that fail at once, the first is everybody's reason.</summary>
    private void Publish(string why)
    {
        if (published.IsSet)
            return;
        if (store.Get("ended") is null && store.Add("ended/by", 1) == 1)
            store.Set("ended", Encoding.UTF8.GetBytes(why));
        if (rank != 0)
            store.Add("ended/heard", 1);
        published.Set();
    }

    private void Heard()
    {
        if (rank == 0 && reason is not null)
            Volatile.Write(ref heard, store.Add("ended/heard", 0));
    }

    private void ReadOthers()
    {
        for (var other = 0; other < others.Length; other++)
        {
            if (other == rank || (rank != 0 && other != 0) || store.Get($"beat/{other}") is not { } bytes)
                continue;
            var beat = Encoding.UTF8.GetString(bytes);
            lock (others)
            {
                if (others[other].Beat != beat)
                    others[other] = (beat, Stopwatch.GetTimestamp());
            }
        }
    }

    private void Watch()
    {
        for (var before = Stopwatch.GetTimestamp(); !closing.Wait(Look) && reason is null; before = Stopwatch.GetTimestamp())
        {
            // A process that stood still itself (a machine asleep, a debugger) has heard of nobody.
            if (Stopwatch.GetElapsedTime(before) > SuspiciousSilence)
                ForgetSilence();
            var limit = isSuspicious ? SuspiciousSilence : Silence;
            if (Stopwatch.GetElapsedTime(Volatile.Read(ref lastAnswer)) is var silent && silent > limit)
                End($"{Capital(names[0])}, which keeps the run's store, has not answered for {silent.TotalSeconds:f0} s: its machine is cut off, or stands still.");
            else if (Silent(limit) is { } other)
                End($"{Capital(other)} has not been heard of for {limit.TotalSeconds:f0} s: it was killed, or its machine is cut off.");
        }
    }

    /// <summary>Other ranks that live, as far as is known.</summary>
    private int CountHeardOf(TimeSpan limit)
    {
        lock (others)
            return others.Count(other => other.Beat is not null && Stopwatch.GetElapsedTime(other.Since) <= limit);
    }

    private void ForgetSilence()
    {
        var now = Stopwatch.GetTimestamp();
        Volatile.Write(ref lastAnswer, now);
        lock (others)
        {
            for (var other = 0; other < others.Length; other++)
                others[other].Since = now;
        }
    }

    private RankName? Silent(TimeSpan limit)
    {
        lock (others)
        {
            var index = Array.FindIndex(others, other => other.Beat is not null && Stopwatch.GetElapsedTime(other.Since) > limit);
            return index < 0 ? null : names[index];
        }
    }

    private void End(string why)
    {
        lock (known)
        {
            if (reason is not null)
                return;
            reason = why;
        }
        known.Set();
        Ended(why);
    }

    private static string Capital(RankName name) => name.ToString() is var text ? char.ToUpperInvariant(text[0]) + text[1..] : "";

    private static string FirstLine(Exception error) => error.Message.Split('\n')[0].Trim().TrimEnd('.');
}
