namespace Seg.Train.Synthesis.Figures;

/// <summary>The parts of a figure; at most <see cref="FigureLabels.PartsPerFigure"/>, as each has an id in the mask.</summary>
internal enum BodyPartKind
{
    Pelvis,
    Chest,
    Neck,
    Head,
    LongHair,
    Backpack,
    Skirt,
    LeftUpperArm,
    RightUpperArm,
    LeftForearm,
    RightForearm,
    LeftHand,
    RightHand,
    LeftThigh,
    RightThigh,
    LeftShin,
    RightShin,
    LeftFoot,
    RightFoot,
}
