namespace Seg.Train.Distributed;

/// <summary>Which part of something that is shared out among ranks is one rank's: parts are neighbours and differ by one item at most.</summary>
/// <param name="Local">Ranks on this machine, which share its processor.</param>
public readonly record struct RankShare(int Rank, int Size, int Local = 1)
{
    public static RankShare Of(IRanks ranks) => new(ranks.Rank, ranks.Size, ranks.LocalSize);

    /// <summary>This rank's items of so many.</summary>
    public Range Of(int count) => (int)((long)count * Rank / Size)..(int)((long)count * (Rank + 1) / Size);

    /// <summary>The most that any rank has of so many items.</summary>
    public int Most(int count) => (count + Size - 1) / Size;
}
