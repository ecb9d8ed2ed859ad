namespace Seg.Train.Synthesis.Figures;

/// <summary>Angles of one arm in degrees; all 0 is an arm that hangs straight down, the palm inwards.</summary>
/// <param name="Flexion">Upper arm forwards and up; 180 is straight up, below 0 is backwards.</param>
/// <param name="Abduction">Upper arm away from the body's side.</param>
/// <param name="Twist">Of the upper arm about itself: above 0 a bent elbow brings the hand inwards, below 0 outwards (up, with the arm
/// held out).</param>
/// <param name="Elbow">0 is stretched.</param>
internal readonly record struct ArmPose(float Flexion, float Abduction, float Twist, float Elbow)
{
    /// <summary>The same within what shoulders and elbows can do.</summary>
    public ArmPose Limited() => new(
        Math.Clamp(Flexion, -50, 180), Math.Clamp(Abduction, -20, 175), Math.Clamp(Twist, -90, 90), Math.Clamp(Elbow, 0, 148));
}
