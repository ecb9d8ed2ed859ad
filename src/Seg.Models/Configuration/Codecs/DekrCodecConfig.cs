namespace Seg.Models.Configuration;

/// <summary>How DEKR's targets are drawn and its persons found; the defaults are those of the authors' config for COCO. See <see cref="Codecs.DekrCodec"/>.</summary>
public sealed record DekrCodecConfig : IChecked
{
    /// <summary>Input pixels between two map positions: the stride of the network's output. At least 1, default 4.</summary>
    public int Stride { get; init; } = 4;

    /// <summary>σ of the keypoints' Gaussians, in map positions; above 0. Default 2.</summary>
    public double Sigma { get; init; } = 2;

    /// <summary>σ of the centres' Gaussians, in map positions; above 0. Default 4.</summary>
    public double CenterSigma { get; init; } = 4;

    /// <summary>How far from a person's centre offsets are learned, in map positions (OFFSET_RADIUS). At least 1, default 4.</summary>
    public int OffsetRadius { get; init; } = 4;

    /// <summary>What a heatmap's position counts where no Gaussian is drawn (BG_WEIGHT); 0 to 1, default 0.1.</summary>
    public double BackgroundWeight { get; init; } = 0.1;

    /// <summary>Persons of a smaller area, in image pixels², are no centres: they are only seen by the keypoints' heatmaps. At least 0, default 32².</summary>
    public double LeastArea { get; init; } = 32 * 32;

    /// <summary>Persons found in an image at most (MAX_NUM_PEOPLE); at least 1, default 30.</summary>
    public int MaxPersons { get; init; } = 30;

    /// <summary>Peaks of the centres' heatmap below this are none (KEYPOINT_THRESHOLD); 0 to 1, default 0.01.</summary>
    public double CenterThreshold { get; init; } = 0.01;

    /// <summary>Two persons' keypoints are the same within this share of the first one's size (NMS_THRE); above 0, default 0.05.</summary>
    public double NmsDistance { get; init; } = 0.05;

    /// <summary>Two persons with more such keypoints are one (NMS_NUM_THRE). At least 0, below the number of keypoints; default 8, which is for 17.</summary>
    public int NmsKeypoints { get; init; } = 8;

    /// <summary>
    /// Whether mirrored images are moved by stride − 1 pixels before the network sees them in the flip test, and targets of mirrored images in training alike,
    /// as in the authors' code. Default true.
    /// </summary>
    public bool FlipShift { get; init; } = true;

    public IEnumerable<ConfigFault> Faults()
    {
        foreach (var (name, value) in new[] { (nameof(Stride), Stride), (nameof(OffsetRadius), OffsetRadius), (nameof(MaxPersons), MaxPersons) })
        {
            if (value < 1)
                yield return new(name, $"is {value}; must be at least 1");
        }
        foreach (var (name, value) in new[] { (nameof(Sigma), Sigma), (nameof(CenterSigma), CenterSigma), (nameof(NmsDistance), NmsDistance) })
        {
            if (value is not (> 0 and < double.PositiveInfinity))
                yield return new(name, $"is {value}; must be above 0");
        }
        foreach (var (name, value) in new[] { (nameof(BackgroundWeight), BackgroundWeight), (nameof(CenterThreshold), CenterThreshold) })
        {
            if (value is not (>= 0 and <= 1))
                yield return new(name, $"is {value}; must be from 0 to 1");
        }
        if (LeastArea is not (>= 0 and < double.PositiveInfinity))
            yield return new(nameof(LeastArea), $"is {LeastArea}; must be at least 0");
        if (NmsKeypoints < 0)
            yield return new(nameof(NmsKeypoints), $"is {NmsKeypoints}; must be at least 0");
    }
}
