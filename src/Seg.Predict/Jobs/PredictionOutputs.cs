namespace Seg.Predict.Jobs;

/// <summary>What a prediction leaves behind for each input. Those of images have the ending .png, pictures of videos .mp4.</summary>
[Flags]
public enum PredictionOutputs
{
    None = 0,

    /// <summary>NAME_overlay: the image under its classes' colours, with a legend, or with its persons drawn on it.</summary>
    Overlay = 1,

    /// <summary>NAME_mask: class ids as a PNG with the classes' palette; of a video the colours alone. Of segmentation.</summary>
    Mask = 2,

    /// <summary>NAME_side_by_side: image and overlay beside each other.</summary>
    SideBySide = 4,

    /// <summary>
    /// NAME.json: which class has how many pixels, or where each person's keypoints are; of pose and all images also keypoints.json, in
    /// COCO's results form.
    /// </summary>
    Json = 8,

    /// <summary>NAME_contours: the image with the borders between its classes. Of segmentation.</summary>
    Contours = 16,

    /// <summary>NAME_confidence: how sure the network is of each pixel, with a scale. Of segmentation.</summary>
    Confidence = 32,

    /// <summary>NAME_classes/CLASS.png: a mask of each class that occurs. Of segmentation and images alone.</summary>
    Classes = 64,

    /// <summary>NAME_ids: class ids as gray values of 8 bits. Of segmentation and images alone.</summary>
    Ids = 128,

    /// <summary>NAME_ids16: the same of 16 bits.</summary>
    Ids16 = 256,

    /// <summary>segments.json: run lengths of each class of all images, in COCO-Stuff's results form. Of segmentation and images alone.</summary>
    Coco = 512,

    /// <summary>polygons.json: outlines of each region of all images, as a COCO data set. Of segmentation and images alone.</summary>
    CocoPolygons = 1024,

    /// <summary>NAME_pred_labelIds: Cityscapes' label ids, for its evaluation and its server. Of segmentation and images alone.</summary>
    Cityscapes = 2048,

    /// <summary>NAME_probabilities.npy: the probability of each class at each pixel, (classes, height, width) in float32. Of segmentation and images alone.</summary>
    Probabilities = 4096,

    /// <summary>NAME_probabilities16.npy: the same in float16.</summary>
    Probabilities16 = 8192,
}
