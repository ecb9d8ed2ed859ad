using static Seg.Train.Checks.FaultSeverity;

namespace Seg.Train.Checks;

/// <summary>The kinds of faults that annotated keypoints, boxes and detections can have.</summary>
public static class KeypointFaultKinds
{
    public static FaultKind NoPeople { get; } = new("no_people", Error,
        "An annotation file holds nobody to train on or to score.", "Check data.annotation_file and data.category, or export the annotations again.");

    public static FaultKind UnknownCategory { get; } = new("unknown_category", Error,
        "It is open which category of an annotation file has the keypoints.", "Name it with data.category.");

    public static FaultKind UnnamedKeypoints { get; } = new("unnamed_keypoints", Warning,
        "An annotation file does not name its keypoints, so that their order cannot be compared with that of data.keypoints.",
        "Look at the skeletons with 'seg data preview'; best, let the category list the names under 'keypoints'.");

    public static FaultKind KeypointCount { get; } = new("keypoint_count", Error,
        "Annotations have another number of keypoints than data.keypoints.", "Name the set that the annotations have with data.keypoints.");

    public static FaultKind KeypointOrder { get; } = new("keypoint_order", Error,
        "Annotations have other keypoints than data.keypoints, or in another order: names, mirrored sides and sigmas would be those of other joints.",
        "Bring the keypoints of the set into the order of the annotations.");

    public static FaultKind AnnotationWithoutImage { get; } = new("annotation_without_image", Error,
        "An annotation is of an image that its file does not list.", "Add the image to 'images', or remove the annotation.");

    public static FaultKind AnnotatedImageMissing { get; } = new("annotated_image_missing", Error,
        "The image of an annotation is not there.", "Add the image, correct data.image_folder, or remove the annotation.");

    public static FaultKind AnnotatedSize { get; } = new("annotated_size", Error,
        "An image has another size than its annotations say, so that keypoints lie elsewhere on it.",
        "Take the image that was annotated; write images upright and without an EXIF orientation.");

    public static FaultKind DoubledId { get; } = new("doubled_id", Error,
        "Two annotations, images or categories have the same id.", "Give each an id of its own; joined files have to be renumbered.");

    public static FaultKind NonFiniteNumber { get; } = new("non_finite_number", Error,
        "An annotation holds NaN or an infinite number.", "Remove the annotation, or mark the keypoint as not labelled: 0, 0, 0.");

    public static FaultKind BadVisibility { get; } = new("bad_visibility", Error,
        "A keypoint's visibility is neither 0 (not labelled), 1 (hidden) nor 2 (visible).",
        "Export the visibilities again; scores of a prediction are none.");

    public static FaultKind LabelledCount { get; } = new("labelled_count", Warning,
        "An annotation's num_keypoints is not the number of its labelled keypoints; COCO's evaluation goes by the former, training by the latter.",
        "Correct num_keypoints.");

    public static FaultKind KeypointOutside { get; } = new("keypoint_outside", Warning,
        "A labelled keypoint lies outside of its image, where no network can find it.",
        "Move it, or mark it as not labelled; of many, check that the annotations belong to these images.");

    public static FaultKind EmptyBox { get; } = new("empty_box", Warning,
        "A person's box has no area, or none within the image: the person is left out, as in the official code.",
        "Draw the box again, or remove the annotation.");

    public static FaultKind BoxOutside { get; } = new("box_outside", Warning,
        "A person's box reaches beyond the image; it is clipped to it.", "Check that boxes are [x, y, width, height] in pixels of the image.");

    public static FaultKind BoxElsewhere { get; } = new("box_elsewhere", Warning,
        "Most of a person's keypoints lie outside of its box, so that crops do not show the person.",
        "Check that boxes are [x, y, width, height], not corners, and belong to these people.");

    public static FaultKind UnknownDetectionImage { get; } = new("unknown_detection_image", Warning,
        "A detection is of an image that the annotations do not list; it is left out.", "Take the detections of this split.");

    public static FaultKind KeypointNotTrained { get; } = new("keypoint_not_trained", Warning,
        "A keypoint is labelled in nobody to train on: its target weight is always 0, and the network's output for it means nothing.",
        "Label it, or take it off the set of data.keypoints.");

    public static FaultKind KeypointNotScored { get; } = new("keypoint_not_scored", Warning,
        "A keypoint is trained but labelled in nobody to validate on, so that no score tells of it.", "Label it in the validation split.");

    public static FaultKind UnpairedSide { get; } = new("unpaired_side", Warning,
        "A keypoint is of one side of the body by its name, but has no mirror: mirrored crops teach it to be on the wrong side.",
        "Give it a mirror in the set of data.keypoints, or set data.augmentation.flip, of a bottom-up model data.scenes.flip, to 0.");

    public static FaultKind OddSigma { get; } = new("odd_sigma", Warning,
        "Sigmas are far from those that COCO measured (0.025 for eyes to 0.107 for hips), or all the same, so that OKS and AP say little.",
        "Set a sigma for each keypoint of the set of data.keypoints.");

    public static FaultKind UnusedHalfBody { get; } = new("unused_half_body", Warning,
        "Crops of half a body are wanted, but the keypoint set does not say which keypoints are of the upper body: none are made.",
        "List upper_body in the set of data.keypoints, or set data.augmentation.half_body to ~.");

    public static FaultKind ModelKeypoints { get; } = new("model_keypoints", Error,
        "The model finds another number of keypoints than the data have.", "Set model.num_classes to the number of keypoints of the set.");

    /// <summary>All of them, in the order of the documentation.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        NoPeople, UnknownCategory, UnnamedKeypoints, KeypointCount, KeypointOrder, AnnotationWithoutImage, AnnotatedImageMissing, AnnotatedSize, DoubledId,
        NonFiniteNumber, BadVisibility, LabelledCount, KeypointOutside, EmptyBox, BoxOutside, BoxElsewhere, UnknownDetectionImage,
        KeypointNotTrained, KeypointNotScored, UnpairedSide, OddSigma, UnusedHalfBody, ModelKeypoints,
    ];
}
