namespace Seg.Predict.Video;

/// <summary>
/// The places of frames in a recording of a fixed rate, so that it plays as fast as what was seen: a source that is live drops frames where it is not read fast
/// enough, and those before the gap are shown until it ends.
/// </summary>
/// <param name="frameRate">Of the recording, in frames a second.</param>
internal sealed class FrameClock(double frameRate)
{
    /// <summary>Seconds. A longer gap is the source's clock set anew.</summary>
    internal const double LongestGap = 10;

    private double start, last;
    private long next;

    /// <summary>How many more times the frame before is to be shown, before the next frame is.</summary>
    /// <param name="time">When the next frame was taken, in seconds from anywhere on.</param>
    public int Repeats(double time)
    {
        if (next == 0 || time < last || time - last > LongestGap)
            start = time - next / frameRate;                    // here the next frame follows the one before
        last = time;
        var place = Math.Max(next, (long)Math.Round((time - start) * frameRate));
        var repeats = (int)(place - next);
        next = place + 1;
        return repeats;
    }
}
