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

    /// <summary>COCO's limbs: pairs of numbers of keypoints, which COCO counts from 1.</summary>
    public static int[][] Skeleton { get; } =
    [
        [16, 14], [14, 12], [17, 15], [15, 13], [12, 13], [6, 12], [7, 13], [6, 7], [6, 8], [7, 9], [8, 10], [9, 11], [2, 3], [1, 2],
        [1, 3], [2, 4], [3, 5],
        [4, 6], [5, 7],
    ];
}
