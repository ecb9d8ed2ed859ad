using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Seg.Train.Distributed;

/// <summary>
/// The processes ("ranks") that train together; one alone is <see cref="OneRank"/>. All make the same calls in the same order, and each call waits for
/// all others.
/// </summary>
/// <exception cref="RankFailedException">From every call: a rank has failed or is lost.</exception>
public interface IRanks : IDisposable
{
    /// <summary>From 0.</summary>
    int Rank { get; }

    int Size { get; }

    /// <summary>How many of them share this machine, where that is known; else 1.</summary>
    int LocalSize { get; }

    /// <summary>Whether this is rank 0, which alone writes files and says how the run goes.</summary>
    bool IsFirst => Rank == 0;

    /// <summary>Whether any of the ranks says so.</summary>
    bool Any(bool own);

    /// <summary>Adds the ranks' numbers up, in place.</summary>
    void Sum(double[] numbers);

    /// <inheritdoc cref="Sum(double[])"/>
    void Sum(long[] numbers);

    /// <summary>What rank 0 has, on all ranks: as JSON.</summary>
    /// <param name="make">Called on rank 0 alone.</param>
    T FromFirst<T>(Func<T> make);

    /// <summary>All ranks' items, in the order of the ranks, on all ranks: as JSON.</summary>
    IReadOnlyList<T> Gather<T>(IReadOnlyList<T> own);

    /// <summary>All ranks' bytes, on all ranks.</summary>
    byte[][] GatherBytes(byte[] own);

    /// <summary>Copies rank 0's tensors into all others', which have the same shapes and types.</summary>
    void Broadcast(IReadOnlyList<Tensor> tensors);

    /// <summary>Sees that some facts are the same on all ranks.</summary>
    /// <exception cref="Seg.Models.InputException">They are not; the message says whose are others, and is the same on all ranks.</exception>
    void RequireSame(StartFacts facts);

    /// <summary>Joins the ranks' gradients; null where there is one rank.</summary>
    /// <param name="parameters">Whose gradients.</param>
    /// <param name="syncBatchNorm">Whether batch norms see the batches of all ranks.</param>
    GradientExchange? Exchange(IReadOnlyList<Parameter> parameters, bool syncBatchNorm);

    /// <summary>Ends the run on all ranks, as it cannot go on here.</summary>
    /// <returns>What this rank should throw: the same error, or that of the rank that failed first.</returns>
    Exception Failed(Exception error);

    /// <summary>Waits until all are here, so that nobody leaves while others still need it.</summary>
    void Leave();
}
