namespace Seg.Models.Tests.Codecs;

/// <summary>Sets of keypoints of which only the number, and which ones change places, matters.</summary>
internal static class TestKeypoints
{
    public static KeypointSet Of(int count, params int[][] flipPairs) => new()
    {
        Names = [.. Enumerable.Range(0, count).Select(index => $"k{index}")],
        Sigmas = [.. Enumerable.Repeat(0.1, count)],
        Colors = new Rgb[count],
        FlipPairs = flipPairs,
    };
}
