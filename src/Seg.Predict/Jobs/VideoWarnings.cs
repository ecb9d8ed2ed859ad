using Seg.Predict.Inputs;
using Seg.Predict.Video;

namespace Seg.Predict.Jobs;

/// <summary>What a user should know of the results of a video file; one line each.</summary>
internal static class VideoWarnings
{
    public static IEnumerable<string> Of(InputItem input, VideoResult video)
    {
        if (input.Stream is not null)
            yield break;
        if (video.EndsEarly)
            yield return $"'{input.Path}' ends early: {video.Frames} of {video.DeclaredFrames} frames can be decoded.";
        if (video.IsUneven)
        {
            yield return $"'{input.Path}' has its frames at uneven times, and the results show them at even ones, up to {video.Drift:F1} s "
                + "off; convert it to a constant rate first, as 'ffmpeg -i IN -fps_mode cfr OUT.mp4' does.";
        }
    }
}
