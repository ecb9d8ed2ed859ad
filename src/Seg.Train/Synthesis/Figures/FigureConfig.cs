using Seg.Models;

namespace Seg.Train.Synthesis.Figures;

/// <summary>How many scenes with people to draw, how large, and how many people at most.</summary>
public sealed record FigureConfig : SceneSetConfig
{
    /// <summary>384 x 288.</summary>
    public FigureConfig() => (Width, Height) = (384, 288);

    /// <summary>People in a scene at most, 1 to 9; not quite half of the scenes have one.</summary>
    public int MostPeople { get; init; } = 5;

    internal override void Check()
    {
        base.Check();
        if (MostPeople < 1 || MostPeople > FigureLabels.MostFigures)
            throw new InputException($"The number of people in a scene is {MostPeople} at most; give 1 to {FigureLabels.MostFigures}.");
    }
}
