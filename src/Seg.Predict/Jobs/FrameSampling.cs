namespace Seg.Predict.Jobs;

/// <summary>Which frames of a video a review shows: one a second, or fewer where they would be too many; of a stream without end the first ones.</summary>
/// <param name="most">At most so many; 0 for none.</param>
/// <param name="frameRate">Frames a second.</param>
/// <param name="frames">In the whole video; 0 where nobody knows.</param>
internal sealed class FrameSampling(int most, double frameRate, int frames)
{
    private readonly int step = most == 0 ? 1 : Math.Max(Math.Max(1, (int)Math.Round(frameRate)), (frames + most - 1) / most);

    /// <param name="frame">Its number, from 0 on.</param>
    public bool Takes(int frame) => frame % step == 0 && frame / step < most;
}
