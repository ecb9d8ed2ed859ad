namespace Seg.Train.Losses;

/// <summary>One of the losses that a <see cref="SummedLoss{TTerm}"/> adds up.</summary>
public interface ILossTerm : IDisposable
{
    /// <summary>What the term is multiplied by in the sum.</summary>
    double Weight { get; }
}
