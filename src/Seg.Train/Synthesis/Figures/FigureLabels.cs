namespace Seg.Train.Synthesis.Figures;

/// <summary>Ids in the mask of a scene with figures: below <see cref="First"/> those of the scene, then one for each part of each
/// figure.</summary>
internal static class FigureLabels
{
    public const int PartsPerFigure = 24;

    /// <summary>As many figures as one byte has ids for.</summary>
    public const int MostFigures = (256 - First) / PartsPerFigure;

    private const int First = 34;                          // behind Cityscapes' ids, which things of the scene have

    public static byte Of(int figure, BodyPartKind kind) => (byte)(First + figure * PartsPerFigure + (int)kind);

    /// <summary>The figure's number, or −1 for an id of the scene.</summary>
    public static int Figure(byte label) => label < First ? -1 : (label - First) / PartsPerFigure;

    public static BodyPartKind Part(byte label) => (BodyPartKind)((label - First) % PartsPerFigure);
}
