namespace Seg.Predict.Video;

/// <summary>How far the times of a file's frames are from the even ones at which a recording of a fixed rate shows them.</summary>
/// <param name="frameRate">Of the recording, in frames a second.</param>
internal sealed class FrameDrift(double frameRate)
{
    private double start, last;
    private long number;

    /// <summary>In seconds, the greatest so far; 0 where the file does not say when its frames were taken.</summary>
    public double Most { get; private set; }

    /// <param name="time">When the next frame was taken, in seconds from anywhere on.</param>
    public void Add(double time)
    {
        if (number == 0 || time <= last || time - last > FrameClock.LongestGap)
            (start, number) = (time, 0);
        Most = Math.Max(Most, Math.Abs(time - start - number / frameRate));
        last = time;
        number++;
    }
}
