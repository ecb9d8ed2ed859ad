namespace Seg.Predict.Jobs;

/// <summary>What a prediction leaves behind for each input.</summary>
[Flags]
public enum PredictionOutputs
{
    None = 0,

    /// <summary>
    /// NAME_overlay.png: the image under its classes' colours, with a legend, or with its persons drawn on it. Of a video:
    /// NAME_overlay.mp4.
    /// </summary>
    Overlay = 1,

    /// <summary>NAME_mask.png: class ids as a PNG with the classes' palette; and NAME_ids.png: the same ids as gray values. Of segmentation
    /// and images alone.</summary>
    Mask = 2,

    /// <summary>NAME_side_by_side.png: image and overlay beside each other. Of images alone.</summary>
    SideBySide = 4,

    /// <summary>
    /// NAME.json: which class has how many pixels, or where each person's keypoints are; of pose and all images also keypoints.json, in
    /// COCO's results form.
    /// </summary>
    Json = 8,
}
