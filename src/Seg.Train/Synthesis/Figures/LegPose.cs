namespace Seg.Train.Synthesis.Figures;

/// <summary>Angles of one leg in degrees; all 0 is a leg that is stood on, straight.</summary>
/// <param name="Flexion">Thigh forwards and up; below 0 backwards.</param>
/// <param name="Abduction">Thigh away from the other.</param>
/// <param name="Turn">Of the thigh about itself, toes outwards.</param>
/// <param name="Knee">0 is stretched.</param>
/// <param name="Ankle">Toes down; below 0 up.</param>
internal readonly record struct LegPose(float Flexion, float Abduction, float Turn, float Knee, float Ankle)
{
    /// <summary>The same within what hips, knees and ankles can do.</summary>
    public LegPose Limited() => new(
        Math.Clamp(Flexion, -25, 125), Math.Clamp(Abduction, -12, 55), Math.Clamp(Turn, -20, 40), Math.Clamp(Knee, 0, 145),
        Math.Clamp(Ankle, -25, 50));
}
