using static Seg.Train.Checks.FaultSeverity;

namespace Seg.Train.Checks;

/// <summary>Every kind of fault that <see cref="DataCheck"/> knows; those of keypoints stand in <see cref="KeypointFaultKinds"/>.</summary>
public static class FaultKinds
{
    // Folders, names and lists.

    public static FaultKind MissingFolder { get; } = new("missing_folder", Error,
        "A folder or list of the layout is not there.", "Check data.root, data.format and data.splits.");

    public static FaultKind EmptySplit { get; } = new("empty_split", Error,
        "A split has no images.", "Add images, or name the right folder with data.splits.");

    public static FaultKind MissingMask { get; } = new("missing_mask", Error,
        "An image has no mask.", "Add the mask or remove the image.");

    public static FaultKind MissingImage { get; } = new("missing_image", Error,
        "A mask has no image.", "Add the image or remove the mask.");

    public static FaultKind NameCase { get; } = new("name_case", Error,
        "Image and mask have names that differ by case alone, which is one name on some systems and two on others.",
        "Rename one of them to the other's case.");

    public static FaultKind DoubledName { get; } = new("doubled_name", Error,
        "Two files have the same name but for the extension, so that it is open which belongs to the other file.", "Remove one of them.");

    public static FaultKind ListedFileMissing { get; } = new("listed_file_missing", Error,
        "A list of the split names a file that is not there.", "Add the file or take the name off the list.");

    public static FaultKind UnreadFile { get; } = new("unread_file", Warning,
        "A file beside the images has an extension that is not read, so that it is passed over.",
        "Convert it to PNG or JPEG, or remove it.");

    // Files.

    public static FaultKind MissingFile { get; } = new("missing_file", Error,
        "A file has vanished, or is a link to none.", "Restore the file or the link's target.");

    public static FaultKind UnreadableFile { get; } = new("unreadable_file", Error,
        "A file cannot be read: no permission, a folder, or a failing disk.", "Give the user who trains the right to read it.");

    public static FaultKind EmptyFile { get; } = new("empty_file", Error,
        "A file has 0 bytes.", "Copy or export it again.");

    public static FaultKind TruncatedFile { get; } = new("truncated_file", Error,
        "A file ends early; decoders would fill the rest with gray.", "Copy or export it again.");

    public static FaultKind DamagedFile { get; } = new("damaged_file", Error,
        "A file's checksum is wrong, or its data do not fill the picture.", "Copy or export it again.");

    public static FaultKind NoImage { get; } = new("no_image", Error,
        "A file is no image, or in a format that cannot be decoded.", "Convert it to PNG or JPEG.");

    public static FaultKind WrongExtension { get; } = new("wrong_extension", Warning,
        "A file's content is of another format than its extension says; other tools may refuse it.",
        "Give it the extension of its content.");

    // Images.

    public static FaultKind SizeMismatch { get; } = new("size_mismatch", Error,
        "Image and mask are not of one size.", "Export the mask at the image's size.");

    public static FaultKind ExifRotated { get; } = new("exif_rotated", Error,
        "The image is turned by its EXIF orientation, but the mask was drawn on the unturned picture.",
        "Turn the mask as well, or write the image upright and without the tag.");

    public static FaultKind ExifOrientation { get; } = new("exif_orientation", Warning,
        "The image is turned by its EXIF orientation; whether the mask was drawn on the turned picture cannot be told from its size.",
        "Look at the image with 'seg data preview', or write images upright and without the tag.");

    public static FaultKind SmallImage { get; } = new("small_image", Warning,
        "An image is smaller than the crop even at the greatest scale, so that every crop of it is padded.",
        "Choose a smaller data.augmentation.crop_size, or leave the image out.");

    public static FaultKind GrayImage { get; } = new("gray_image", Warning,
        "Some images are gray while others have colours; a network may take the lack of colour for a sign.",
        "Make all images gray or all coloured, or be sure that both are met in use.");

    public static FaultKind AlphaImage { get; } = new("alpha_image", Warning,
        "An image has an alpha channel, which is dropped: what was transparent shows whatever colour lies under it.",
        "Save images without transparency.");

    public static FaultKind DeepImage { get; } = new("deep_image", Warning,
        "An image has more than 8 bits a channel; the upper 8 are used, which may leave it nearly black.",
        "Convert images to 8 bits yourself.");

    public static FaultKind FlatImage { get; } = new("flat_image", Warning,
        "All pixels of an image have the same colour.", "Remove the image if it is a failed recording.");

    // Masks.

    public static FaultKind ColorMask { get; } = new("color_mask", Error,
        "A mask holds colours instead of class ids.", "Save class ids as 8-bit gray or as a palette PNG.");

    public static FaultKind AlphaMask { get; } = new("alpha_mask", Error,
        "A mask has an alpha channel.", "Save class ids as 8-bit gray or as a palette PNG, without transparency.");

    public static FaultKind LossyMask { get; } = new("lossy_mask", Error,
        "A mask is a JPEG, whose compression changes class ids along every border.",
        "Export masks as PNG; converting the JPEG does not bring the ids back.");

    public static FaultKind DeepMask { get; } = new("deep_mask", Warning,
        "A mask has 16 bits a pixel, though its values fit into 8.", "Save masks with 8 bits, which other tools expect.");

    public static FaultKind WideValues { get; } = new("wide_values", Error,
        "A mask holds values above 255, such as instance ids.", "Export semantic masks with ids of 0 to 255.");

    public static FaultKind UnknownValue { get; } = new("unknown_value", Error,
        "Masks hold a value that is no class.", "Correct the masks, or name the value in data.class_ids or data.ignore_values.");

    public static FaultKind OffByOne { get; } = new("off_by_one", Error,
        "The ids in the masks are those of the class list shifted by one.", "Set data.class_ids to the ids that the masks use.");

    public static FaultKind StretchedIds { get; } = new("stretched_ids", Error,
        "The ids in the masks were multiplied to make them visible.", "Set data.class_ids to the values that the masks use.");

    public static FaultKind IgnoredClass { get; } = new("ignored_class", Error,
        "The masks use a value as a class that the config ignores, such as 255 in masks of 0 and 255.",
        "Set data.class_ids to the values that the masks use, and take them out of data.ignore_values.");

    public static FaultKind WrongPalette { get; } = new("wrong_palette", Error,
        "A mask's palette gives an id the colour of another class, so that the ids are probably in another order than the class list.",
        "Bring classes into the order of the masks' palette, or correct the colours.");

    public static FaultKind UnlabelledMask { get; } = new("unlabelled_mask", Warning,
        "Every pixel of a mask is ignored: nothing is learned from the image.", "Label the image or leave it out.");

    public static FaultKind OneClassMasks { get; } = new("one_class_masks", Error,
        "All masks of a split hold the same single class.", "Check that the right masks were exported, and the class ids.");

    public static FaultKind UnlabelledSplit { get; } = new("unlabelled_split", Error,
        "No pixel of a split has a class: the loss or the mean IoU would not be a number.", "Add labels, or choose another split.");

    // Classes.

    public static FaultKind ClassListShort { get; } = new("class_list_short", Error,
        "The masks use ids behind the end of the class list.", "Add the missing classes to the list.");

    public static FaultKind ClassListLong { get; } = new("class_list_long", Warning,
        "The class list ends in classes that no mask has.", "Take them off the list, or add images that show them.");

    public static FaultKind EmptyClass { get; } = new("empty_class", Warning,
        "No training mask has a class, so that it is never learned.", "Add images that show it, or take it off the list.");

    public static FaultKind ClassNotTrained { get; } = new("class_not_trained", Warning,
        "A class is scored but never trained: its IoU will be 0.", "Move some images that show it to the training split.");

    public static FaultKind ClassNotScored { get; } = new("class_not_scored", Warning,
        "A class is trained but no validation mask has it, so that its IoU is not a number and left out of the mean.",
        "Move some images that show it to the validation split.");

    public static FaultKind ClassCount { get; } = new("class_count", Error,
        "The model has another number of classes than the data.", "Set model.num_classes to the number of classes in the data.");

    public static FaultKind SharedColor { get; } = new("shared_color", Warning,
        "Two classes have the same colour: overlays cannot tell them apart.", "Give each class a colour of its own.");

    // Splits.

    public static FaultKind DuplicateImage { get; } = new("duplicate_image", Warning,
        "A split holds the same image twice.", "Remove one of the two.");

    public static FaultKind ContradictingMasks { get; } = new("contradicting_masks", Error,
        "A split holds the same image twice, with different masks.", "Keep the right one.");

    public static FaultKind LeakedImage { get; } = new("leaked_image", Error,
        "The same image is trained on and validated on, so that the score is too high.", "Remove it from one of the splits.");

    public static FaultKind SharedSplit { get; } = new("shared_split", Warning,
        "Training and validation use the same files, so that the score tells what was learned by heart.",
        "Name another folder or list with data.splits.");

    public static FaultKind FewImages { get; } = new("few_images", Warning,
        "There are fewer training images than one batch holds.", "Add images or choose a smaller train.batch_size.");

    // Drawn annotations (labelme, COCO).

    public static FaultKind BadAnnotation { get; } = new("bad_annotation", Error,
        "An annotation file is not the JSON that its format asks for.", "Export it again.");

    public static FaultKind UnknownLabel { get; } = new("unknown_label", Error,
        "A shape's label is no class.", "Correct the label, or add it to data.classes.");

    public static FaultKind BadShape { get; } = new("bad_shape", Warning,
        "A shape has too few points to cover any area, and is left out.", "Draw it again or delete it.");

    public static FaultKind ShapeOutside { get; } = new("shape_outside", Warning,
        "A shape lies outside of its image, in part or whole; only what is inside counts.",
        "Check that the annotation belongs to this image and to this size of it.");

    /// <summary>All kinds, in the order of the documentation.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        MissingFolder, EmptySplit, MissingMask, MissingImage, NameCase, DoubledName, ListedFileMissing, UnreadFile,
        MissingFile, UnreadableFile, EmptyFile, TruncatedFile, DamagedFile, NoImage, WrongExtension,
        SizeMismatch, ExifRotated, ExifOrientation, SmallImage, GrayImage, AlphaImage, DeepImage, FlatImage,
        ColorMask, AlphaMask, LossyMask, DeepMask, WideValues, UnknownValue, OffByOne, StretchedIds, IgnoredClass, WrongPalette,
        UnlabelledMask, OneClassMasks, UnlabelledSplit,
        ClassListShort, ClassListLong, EmptyClass, ClassNotTrained, ClassNotScored, ClassCount, SharedColor,
        DuplicateImage, ContradictingMasks, LeakedImage, SharedSplit, FewImages,
        BadAnnotation, UnknownLabel, BadShape, ShapeOutside,
        .. KeypointFaultKinds.All,
    ];
}
