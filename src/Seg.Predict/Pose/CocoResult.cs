using Seg.Models;

namespace Seg.Predict.Pose;

/// <summary>A person as an entry of COCO's results.</summary>
/// <param name="ImageId">COCO's number of the image.</param>
/// <param name="FileName">The image's file; null: not written.</param>
public sealed record CocoResult(long ImageId, Person Person, string? FileName = null);
