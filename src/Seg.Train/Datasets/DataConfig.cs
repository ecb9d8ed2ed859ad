using Seg.Models;
using Seg.Models.Configuration;
using Seg.Train.Transforms;

namespace Seg.Train.Datasets;

/// <summary>Which images a network learns from: the <c>data:</c> section of a config.</summary>
public sealed record DataConfig : IChecked
{
    /// <summary>How the files are laid out: <c>camvid</c>, <c>cityscapes</c> or <c>folders</c>.</summary>
    public required DataFormat Format { get; init; }

    /// <summary>The data set's folder; relative paths start at the current folder. Default: the current folder.</summary>
    public string Root { get; init; } = ".";

    /// <summary>
    /// Names of the splits' folders where they differ from <c>train</c>, <c>val</c> and <c>test</c>, such as <c>{ val: validation }</c>.
    /// Default: none.
    /// </summary>
    public Dictionary<string, string> Splits { get; init; } = [];

    /// <summary>
    /// With <c>format: folders</c>: where images lie below the root. <c>{split}</c> stands for the split's folder. Default
    /// <c>images/{split}</c>.
    /// </summary>
    public string ImageFolder { get; init; } = "images/" + SplitPlaceholder;

    /// <summary>
    /// With <c>format: folders</c>: where masks lie below the root, each named as its image is but for the extension. Default
    /// <c>masks/{split}</c>.
    /// </summary>
    public string MaskFolder { get; init; } = "masks/" + SplitPlaceholder;

    /// <summary>
    /// With <c>format: folders</c> and no <c>{split}</c> in <see cref="ImageFolder"/>: every so many-th image, in the order of their
    /// names, validates and is not trained on. At least 2; default 5.
    /// </summary>
    public int HoldOut { get; init; } = 5;

    /// <summary>
    /// With <c>format: folders</c>: the classes' names, in the order of their ids in the masks. Default: read from <see
    /// cref="ClassFile"/>.
    /// </summary>
    public string[]? Classes { get; init; }

    /// <summary>
    /// With <c>format: folders</c> and <see cref="Classes"/>: a colour [r, g, b] for each class, each part 0–255. Default: a palette of
    /// distinct colours.
    /// </summary>
    public Rgb[]? Colors { get; init; }

    /// <summary>
    /// With <c>format: folders</c>, instead of <see cref="Classes"/>: a text file below the root with one class a line, its name and, if
    /// wanted, its colour as three numbers 0–255 ("traffic light 250 170 30"). Lines that begin with # are skipped. Default
    /// <c>classes.txt</c>.
    /// </summary>
    public string? ClassFile { get; init; }

    /// <summary>
    /// With <c>format: folders</c>: the value that stands for each class in the masks, 0–255. Default: 0, 1, 2, … in the order of the
    /// classes.
    /// </summary>
    public int[]? ClassIds { get; init; }

    /// <summary>With <c>format: folders</c>: mask values of pixels that count nowhere, 0–255. Default [255].</summary>
    public int[] IgnoreValues { get; init; } = [255];

    /// <summary>
    /// Memory for decoded images and masks, in MiB, for each split: as many as fit are decoded once and kept. 0 keeps none; default 1024.
    /// Results do not depend on it.
    /// </summary>
    public int CacheMegabytes { get; init; } = 1024;

    /// <summary>How training images are varied. Each key has a default.</summary>
    public AugmentationConfig Augmentation { get; init; } = new();

    internal const string SplitPlaceholder = "{split}";

    public IEnumerable<ConfigFault> Faults()
    {
        if (Root.Length == 0)
            yield return new(nameof(Root), "is empty; give the data set's folder");
        if (HoldOut < 2)
            yield return new(nameof(HoldOut), $"is {HoldOut}; must be at least 2, so that images are left to train on");
        if (CacheMegabytes < 0)
            yield return new(nameof(CacheMegabytes), $"is {CacheMegabytes}; must be 0 (no cache) or more");
        foreach (var fault in Format == DataFormat.Folders ? ClassFaults().Concat(ValueFaults()) : MisplacedKeys())
            yield return fault;
    }

    private IEnumerable<ConfigFault> ClassFaults()
    {
        if (Classes is { Length: 0 })
            yield return new(nameof(Classes), "is empty; name the classes in the order of their ids");
        if (Classes?.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } doubled)
            yield return new(nameof(Classes), $"names '{doubled.Key}' {doubled.Count()} times; each class needs a name of its own");
        if (Classes is not null && ClassFile is not null)
            yield return new(nameof(ClassFile), "is given beside classes; leave one of them out");
        if (Colors is not null && Colors.Length != Classes?.Length)
        {
            yield return new(nameof(Colors),
                $"has {Colors.Length} colours for {Classes?.Length ?? 0} classes; give one a class, with 'classes'");
        }
    }

    private IEnumerable<ConfigFault> ValueFaults()
    {
        foreach (var (member, values) in new[] { (nameof(ClassIds), ClassIds ?? []), (nameof(IgnoreValues), IgnoreValues) })
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
        if (ClassIds.Intersect(IgnoreValues).ToArray() is [var shared, ..])
            yield return new(nameof(IgnoreValues), $"names {shared}, which is a class id too");
    }

    /// <summary>Keys that mean nothing here: left out in silence, they would be taken for heeded.</summary>
    private IEnumerable<ConfigFault> MisplacedKeys()
    {
        (string Member, object? Value)[] keys =
            [(nameof(Classes), Classes), (nameof(Colors), Colors), (nameof(ClassFile), ClassFile), (nameof(ClassIds), ClassIds)];
        return keys.Where(key => key.Value is not null).Select(key => new ConfigFault(
            key.Member, $"is read with format: folders alone; {Format.ToString().ToLowerInvariant()} has classes of its own"));
    }
}
