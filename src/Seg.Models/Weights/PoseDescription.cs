using Seg.Models.Codecs;
using Seg.Models.Configuration;

namespace Seg.Models.Weights;

/// <summary>What there is to know of a network for pose.</summary>
public sealed record PoseDescription : ModelDescription
{
    public required KeypointSet Keypoints { get; init; }

    public override IReadOnlyList<string> OutputNames => Keypoints.Names;

    /// <summary>The codec that the network was trained with, for its inputs' size.</summary>
    /// <exception cref="InputException">The codec has no targets for inputs of this size.</exception>
    public KeypointCodec CreateCodec() => CodecFactory.Create(((PoseConfig)Model).Codec, (InputSize[0], InputSize[1]), Keypoints);
}
