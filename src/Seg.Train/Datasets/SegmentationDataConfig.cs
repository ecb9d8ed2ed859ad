using System.Text.Json;
using Seg.Models;
using Seg.Models.Configuration;
using Seg.Train.Transforms;

namespace Seg.Train.Datasets;

/// <summary>Images with a class for each pixel: the <c>data:</c> section of a config for segmentation.</summary>
public sealed record SegmentationDataConfig : DataConfig
{
    private const int UsualHoldOut = 5;

    /// <summary>
    /// How the files are laid out: <c>ade20k</c>, <c>camvid</c>, <c>cityscapes</c>, <c>coco</c>, <c>folders</c>, <c>labelme</c>, <c>lip</c>,
    /// <c>pascal_context</c>, <c>pascal_context60</c> or <c>pascal_voc</c>. docs/data.md shows each.
    /// </summary>
    public required DataFormat Format { get; init; }

    /// <summary>
    /// With <c>format: folders</c> or <c>coco</c>: where images lie below the root. <c>{split}</c> stands for the split's folder. Default
    /// <c>images/{split}</c>; of <c>coco</c>, <c>{split}</c>.
    /// </summary>
    public string? ImageFolder { get; init; }

    /// <summary>
    /// With <c>format: folders</c>: where masks lie below the root, each named as its image is but for the extension; default
    /// <c>masks/{split}</c>. With the Pascal layouts: the folder of masks, where it is not the layout's own.
    /// </summary>
    public string? MaskFolder { get; init; }

    /// <summary>With <c>format: coco</c>: the file of annotations below the root. Default <c>annotations/instances_{split}.json</c>.</summary>
    public string? AnnotationFile { get; init; }

    /// <summary>
    /// With <c>format: folders</c> and no <c>{split}</c> in <see cref="ImageFolder"/>: every so many-th image, in the order of their
    /// names, validates and is not trained on. At least 2; default 5.
    /// </summary>
    public int HoldOut { get; init; } = UsualHoldOut;

    /// <summary>
    /// With <c>format: folders</c>, <c>labelme</c>, <c>coco</c> or <c>pascal_voc</c>: the classes' names, in the order of the network's
    /// outputs. Default: read from <see cref="ClassFile"/>; of <c>coco</c>, its categories; of <c>pascal_voc</c>, VOC's.
    /// </summary>
    public string[]? Classes { get; init; }

    /// <summary>
    /// With <see cref="Classes"/>: a colour [r, g, b] for each class, each part 0–255. Default: a palette of distinct colours.
    /// </summary>
    public Rgb[]? Colors { get; init; }

    /// <summary>
    /// Instead of <see cref="Classes"/>: a file below the root, in YAML (<see cref="ClassFileConfig"/>), or text with one class a line, its
    /// name and, if wanted, its colour as three numbers 0–255 ("traffic light 250 170 30"). Default: <c>classes.yaml</c> or
    /// <c>classes.txt</c>, if there is one.
    /// </summary>
    public string? ClassFile { get; init; }

    /// <summary>
    /// With <c>format: folders</c> or <c>pascal_voc</c>: the value that stands for each class in the masks, 0–255. Default: 0, 1, 2, … in
    /// the order of the classes.
    /// </summary>
    public int[]? ClassIds { get; init; }

    /// <summary>With <c>format: folders</c> or <c>pascal_voc</c>: mask values of pixels that count nowhere, 0–255. Default [255].</summary>
    public int[]? IgnoreValues { get; init; }

    /// <summary>
    /// With classes of one's own: pairs of names that change places when an image is mirrored, such as <c>[[left-arm, right-arm]]</c>.
    /// Default: none.
    /// </summary>
    public string[][]? MirroredClasses { get; init; }

    /// <summary>
    /// By split a text file of the images that count, one path a line, such as <c>{ train: accepted.txt }</c>; the split's other images are left out.
    /// Relative paths start at the current folder, those in the file at the file's. <c>seg data select</c> writes such files. Default: none.
    /// </summary>
    public Dictionary<string, string> Lists { get; init; } = [];

    /// <summary>
    /// [height, width] in pixels to which images are brought for the network when it is validated; scores are taken at the images' own size.
    /// Default: their own size, up to a longest side of 2048. For networks that are trained on stretched images.
    /// </summary>
    public int[]? ValidationSize { get; init; }

    /// <summary>How training images are varied. Each key has a default.</summary>
    public AugmentationConfig Augmentation { get; init; } = new();

    public override int[] TrainingSize => Augmentation.CropSize;

    /// <summary>The config as one for segmentation.</summary>
    /// <exception cref="InputException">It is of keypoints.</exception>
    public static SegmentationDataConfig Require(DataConfig config) => config as SegmentationDataConfig
        ?? throw new InputException("data.format is one of keypoints, but masks are needed here; choose another format.");

    public override IEnumerable<ConfigFault> Faults()
    {
        foreach (var fault in base.Faults())
            yield return fault;
        if (HoldOut < 2)
            yield return new(nameof(HoldOut), $"is {HoldOut}; must be at least 2, so that images are left to train on");
        if (ValidationSize is { } size && (size.Length != 2 || size.Any(length => length is < 1 or > 16384)))
            yield return new(nameof(ValidationSize), $"is [{string.Join(", ", size)}]; must be [height, width], each 1 to 16384 pixels");
        foreach (var fault in MisplacedKeys().Concat(ClassFaults()).Concat(ValueFaults()))
            yield return fault;
    }

    private IEnumerable<ConfigFault> ClassFaults()
    {
        if (Classes is { Length: 0 })
            yield return new(nameof(Classes), "is empty; name the classes in the order of their ids");
        if (Classes is { Length: > 255 })
            yield return new(nameof(Classes), $"names {Classes.Length} classes; there can be 255");
        if (Classes?.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } doubled)
            yield return new(nameof(Classes), $"names '{doubled.Key}' {doubled.Count()} times; each class needs a name of its own");
        if (Classes is not null && ClassFile is not null)
            yield return new(nameof(ClassFile), "is given beside classes; leave one of them out");
        if (Colors is not null && Colors.Length != Classes?.Length)
        {
            yield return new(nameof(Colors),
                $"has {Colors.Length} colours for {Classes?.Length ?? 0} classes; give one a class, with 'classes'");
        }
        if (MirroredClasses is not null && Classes is not null && ClassTable.FaultOfMirrored(MirroredClasses, Classes) is { } fault)
            yield return new(nameof(MirroredClasses), fault);
    }

    private IEnumerable<ConfigFault> ValueFaults()
    {
        foreach (var (member, values) in new[] { (nameof(ClassIds), ClassIds ?? []), (nameof(IgnoreValues), IgnoreValues ?? []) })
        {
            if (values.Any(value => value is < 0 or > 255))
                yield return new(member, $"is [{string.Join(", ", values)}]; mask values are 0 to 255");
        }
        if (ClassIds is null)
            yield break;
        if (ClassIds.Distinct().Count() != ClassIds.Length)
            yield return new(nameof(ClassIds), $"is [{string.Join(", ", ClassIds)}]; each class needs a value of its own");
        if (Classes is not null && ClassIds.Length != Classes.Length)
            yield return new(nameof(ClassIds), $"has {ClassIds.Length} values for {Classes.Length} classes; give one a class");
        if (ClassIds.Intersect(IgnoreValues ?? []).ToArray() is [var shared, ..])
            yield return new(nameof(IgnoreValues), $"names {shared}, which is a class id too");
    }

    /// <summary>Keys that mean nothing here: left out in silence, they would be taken for heeded.</summary>
    private IEnumerable<ConfigFault> MisplacedKeys()
    {
        DataFormat[] own = [DataFormat.Folders, DataFormat.Labelme, DataFormat.Coco, DataFormat.PascalVoc];
        DataFormat[] masks = [DataFormat.Folders, DataFormat.PascalVoc];
        (string Member, object? Value, DataFormat[] Formats)[] keys =
        [
            (nameof(Classes), Classes, own), (nameof(Colors), Colors, own), (nameof(ClassFile), ClassFile, own),
            (nameof(MirroredClasses), MirroredClasses, own), (nameof(ClassIds), ClassIds, masks), (nameof(IgnoreValues), IgnoreValues, masks),
            (nameof(ImageFolder), ImageFolder, [DataFormat.Folders, DataFormat.Coco]),
            (nameof(MaskFolder), MaskFolder, [DataFormat.Folders, DataFormat.PascalVoc, DataFormat.PascalContext, DataFormat.PascalContext60]),
            (nameof(AnnotationFile), AnnotationFile, [DataFormat.Coco]),
            // A run's config.yaml has the default with any format.
            (nameof(HoldOut), HoldOut == UsualHoldOut ? null : HoldOut, [DataFormat.Folders]),
        ];
        foreach (var (member, _, formats) in keys.Where(key => key.Value is not null && !key.Formats.Contains(Format)))
            yield return new(member, $"is read with format: {string.Join(", ", formats.Select(NameOf))} alone, not with {NameOf(Format)}");
        if (HoldOut != UsualHoldOut && (ImageFolder is null || ImageFolder.Contains(SplitPlaceholder, StringComparison.Ordinal)))
            yield return new(nameof(HoldOut), $"is read with an image_folder without {SplitPlaceholder} alone; name one, or leave hold_out out");
    }

    private static string NameOf(DataFormat format) => JsonNamingPolicy.SnakeCaseLower.ConvertName(format.ToString());
}
