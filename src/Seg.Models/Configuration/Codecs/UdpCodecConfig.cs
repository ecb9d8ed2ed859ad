namespace Seg.Models.Configuration;

/// <summary>
/// <c>udp</c>: DARK's decoding, with lengths counted between pixel centres, in the crop too; see <see cref="Codecs.UdpCodec"/>.
/// </summary>
public sealed record UdpCodecConfig : BlurredCodecConfig;
