using Seg.Models;

namespace Seg.Train.Datasets.Keypoints;

/// <summary>Finds images and people of one <see cref="PoseDataFormat"/>.</summary>
internal abstract class KeypointLayout
{
    /// <summary>Where images lie below the root, unless the config says otherwise.</summary>
    protected abstract string ImageFolderPattern { get; }

    /// <summary>Where annotations lie below the root, unless the config says otherwise.</summary>
    protected abstract string AnnotationPattern { get; }

    public static KeypointLayout Of(PoseDataFormat format) => format switch
    {
        PoseDataFormat.CocoKeypoints => new CocoKeypointLayout(),
        PoseDataFormat.Mpii => new MpiiLayout(),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "no layout"),
    };

    /// <summary>Reads a split's annotations.</summary>
    /// <param name="keypoints">Which the annotations should have.</param>
    public abstract PersonListing List(PoseDataConfig config, string split, KeypointSet keypoints);

    /// <summary>The file of a split's annotations.</summary>
    public string AnnotationPath(PoseDataConfig config, string split) => At(config, config.AnnotationFile ?? AnnotationPattern, split);

    /// <summary>The folder of a split's images.</summary>
    public string ImageFolder(PoseDataConfig config, string split) => At(config, config.ImageFolder ?? ImageFolderPattern, split);

    /// <summary>What stands for a split in names of files, unless the config says otherwise.</summary>
    protected abstract string NameOf(string split);

    /// <summary>A path below the root.</summary>
    protected string At(PoseDataConfig config, string pattern, string split) =>
        config.PathOf(pattern, config.Splits.GetValueOrDefault(split) ?? NameOf(split));
}
