namespace Seg.Train.Datasets.Keypoints;

/// <summary>How files with keypoints are laid out; docs/data.md shows each.</summary>
public enum PoseDataFormat
{
    /// <summary>COCO's person keypoints, or any keypoints in that form: a JSON file for each split, and a folder of images.</summary>
    CocoKeypoints,

    /// <summary>MPII as the official HRNet code keeps it: annot/SPLIT.json with centre, scale and joints of each person, and a folder of images.</summary>
    Mpii,
}
