using Seg.Models;
using Seg.Models.Configuration;
using Seg.Train.Transforms;

namespace Seg.Train.Datasets.Keypoints;

/// <summary>Images with people whose keypoints are known: the <c>data:</c> section of a config for pose.</summary>
public sealed record PoseDataConfig : DataConfig
{
    /// <summary><see cref="Boxes"/> of the annotations.</summary>
    public const string AnnotatedBoxes = "annotations";

    /// <summary>How the files are laid out: <c>coco_keypoints</c> or <c>mpii</c>. docs/data.md shows each.</summary>
    public required PoseDataFormat Format { get; init; }

    /// <summary>
    /// Which keypoints the annotations have: <c>coco</c>, <c>mpii</c> or <c>lsp</c> of configs/keypoints, the path of a file of their kind,
    /// or what such a file holds. Default: <c>coco</c> with <c>format: coco_keypoints</c>, <c>mpii</c> with <c>format: mpii</c>.
    /// </summary>
    [FromFile(KeypointSetConfig.Folder, KeypointSetConfig.Kind)]
    public KeypointSetConfig? Keypoints { get; init; }

    /// <summary>
    /// Where images lie below the root. <c>{split}</c> stands for the split's name. Default <c>{split}</c>, such as train2017; of <c>mpii</c>,
    /// <c>images</c>.
    /// </summary>
    public string? ImageFolder { get; init; }

    /// <summary>
    /// The file of annotations below the root. Default <c>annotations/person_keypoints_{split}.json</c>; of <c>mpii</c>, <c>annot/{split}.json</c>.
    /// </summary>
    public string? AnnotationFile { get; init; }

    /// <summary>
    /// With <c>format: coco_keypoints</c>: which of the file's categories has the keypoints. Default: the only one that names keypoints.
    /// </summary>
    public string? Category { get; init; }

    /// <summary>
    /// Which boxes the people of the validation are cropped by: <c>annotations</c> (default), or a file of a detector's, in the form of COCO's
    /// results; below the root, <c>{split}</c> as above. Training takes those of the annotations always.
    /// </summary>
    public string Boxes { get; init; } = AnnotatedBoxes;

    /// <summary>With a file of <see cref="Boxes"/>: detections with a score below this are left out. Default 0, as in the official HRNet code.</summary>
    public double LeastBoxScore { get; init; }

    /// <summary>
    /// Whether the network also sees each crop of the validation mirrored, and both outputs are averaged; twice the time. Default true, as in the
    /// authors' configs.
    /// </summary>
    public bool FlipTest { get; init; } = true;

    /// <summary>How training crops are varied. Each key has a default: the official HRNet code's for COCO.</summary>
    public PoseAugmentationConfig Augmentation { get; init; } = new();

    /// <summary>
    /// With a bottom-up network: how whole images are varied, for which <see cref="Augmentation"/> is not read. Default: as the authors of DEKR do.
    /// </summary>
    public SceneAugmentationConfig? Scenes { get; init; }

    public override int[] TrainingSize => Augmentation.CropSize;

    /// <summary>The set that <see cref="Keypoints"/> names.</summary>
    /// <exception cref="InputException">None is named, and the program's own is missing or faulty.</exception>
    public KeypointSet ReadKeypoints() => Keypoints?.ToKeypointSet() ?? KeypointSet.Read(Format == PoseDataFormat.Mpii ? "mpii" : "coco");

    /// <summary>Whether the boxes are a detector's.</summary>
    internal bool HasDetections => Boxes != AnnotatedBoxes;

    public override IEnumerable<ConfigFault> Faults()
    {
        foreach (var fault in base.Faults())
            yield return fault;
        if (Boxes.Length == 0)
            yield return new(nameof(Boxes), $"is empty; give '{AnnotatedBoxes}', or a file of detections");
        if (!double.IsFinite(LeastBoxScore))
            yield return new(nameof(LeastBoxScore), $"is {LeastBoxScore}; must be a number");
        if (!HasDetections && LeastBoxScore != 0)
            yield return new(nameof(LeastBoxScore), "is read with a file of detections alone; name one with data.boxes");
        if (Format != PoseDataFormat.CocoKeypoints && Category is not null)
            yield return new(nameof(Category), "is read with format: coco_keypoints alone");
        if (Format != PoseDataFormat.CocoKeypoints && HasDetections)
            yield return new(nameof(Boxes), "of a detector are read with format: coco_keypoints alone");
    }
}
