namespace Seg.Train.Synthesis.Figures;

/// <summary>The 17 keypoints of a person as COCO lists them (Lin et al., arXiv:1405.0312), in the order of
/// <see cref="Body.Keypoints"/>.</summary>
internal static class FigureKeypoints
{
    public static string[] Names { get; } =
    [
        "nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder", "left_elbow", "right_elbow",
        "left_wrist", "right_wrist",
        "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle",
    ];

    /// <summary>COCO's limbs: pairs of indices of keypoints, from 0.</summary>
    public static int[][] Skeleton { get; } =
    [
        [15, 13], [13, 11], [16, 14], [14, 12], [11, 12], [5, 11], [6, 12], [5, 6], [5, 7], [6, 8], [7, 9], [8, 10], [1, 2], [0, 1],
        [0, 2], [1, 3], [2, 4],
        [3, 5], [4, 6],
    ];
}
