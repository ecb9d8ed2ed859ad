using System.Text.Json;

namespace Seg.Train.Distributed;

/// <summary>What a rank tells the others of itself.</summary>
/// <param name="Rank">From 0.</param>
/// <param name="Size">How many ranks it expects.</param>
/// <param name="Machine">Its host name.</param>
/// <param name="Process">Its process id.</param>
/// <param name="Address">By which the others reach it.</param>
internal sealed record RankName(int Rank, int Size, string Machine, int Process, string Address)
{
    public override string ToString() => $"rank {Rank} ({Machine}, process {Process})";

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    public static RankName Of(byte[] bytes) => JsonSerializer.Deserialize<RankName>(bytes)!;
}
