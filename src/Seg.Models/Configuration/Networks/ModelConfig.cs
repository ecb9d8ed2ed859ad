namespace Seg.Models.Configuration;

/// <summary>A network, as the <c>model:</c> section of a configuration describes it.</summary>
[VariantKey("type")]
[Variant("segmentation", typeof(SegmentationConfig))]
[Variant("pose", typeof(PoseConfig))]
[Variant("bottom_up_pose", typeof(BottomUpPoseConfig))]
[Variant("classification", typeof(ClassificationConfig))]
[Variant("block", typeof(BlockModelConfig))]
public abstract record ModelConfig
{
    /// <summary>Channels of the network's output: classes of a segmentation network, keypoints of one for pose. 0 for a bare block, which has none.</summary>
    public virtual int NumClasses { get; init; }
}
