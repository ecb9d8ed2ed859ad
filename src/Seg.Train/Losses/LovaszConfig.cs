namespace Seg.Train.Losses;

/// <summary>
/// <c>lovasz</c>: Lovász-softmax, a smooth stand-in for one less the mean IoU; see <see cref="LovaszLoss"/>. Usual beside a cross-entropy, or to end a
/// training with.
/// </summary>
public sealed record LovaszConfig : LossConfig
{
    /// <summary>
    /// Whether the IoU is taken in each image, then averaged, instead of over the batch, which is closer to the score of a whole data set; default
    /// false.
    /// </summary>
    public bool PerImage { get; init; }
}
