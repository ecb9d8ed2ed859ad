using Seg.Models.Codecs;
using Seg.Models.Configuration;

namespace Seg.Models.Weights;

/// <summary>What there is to know of a network for pose.</summary>
public sealed record PoseDescription : ModelDescription
{
    public required KeypointSet Keypoints { get; init; }

    public override IReadOnlyList<string> OutputNames => Keypoints.Names;

    /// <summary>The codec that a top-down network was trained with, for its inputs' size.</summary>
    /// <exception cref="InputException">The network is not top-down, or the codec has no targets for inputs of this size.</exception>
    public KeypointCodec CreateCodec() => Model is PoseConfig pose
        ? CodecFactory.Create(pose.Codec, (InputSize[0], InputSize[1]), Keypoints)
        : throw new InputException("The model finds all people of an image at once, so it has no codec of one person; give a top-down model.");
}
