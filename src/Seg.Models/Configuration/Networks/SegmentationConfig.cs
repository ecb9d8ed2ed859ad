namespace Seg.Models.Configuration;

/// <summary>A segmentation network: a backbone whose maps a head turns into one map of logits.</summary>
public sealed record SegmentationConfig : ModelConfig, IChecked
{
    /// <summary>Classes, without those that are ignored; at least 1. Default 19, as Cityscapes has.</summary>
    public override int NumClasses { get; init; } = 19;

    public required BackboneConfig Backbone { get; init; }

    public required HeadConfig Head { get; init; }

    /// <summary>A second head that training has, to teach the layers before it. Default none.</summary>
    public AuxiliaryHeadConfig? Auxiliary { get; init; }

    /// <summary>
    /// Whether <c>seg forward</c> brings outputs to the image's size, as the authors' network does that. Training and prediction do it in
    /// any case, where they need it. Default false.
    /// </summary>
    public bool OutputAtImageSize { get; init; }

    /// <summary>
    /// Whether every bilinear interpolation of the network, and that of its output to the image's size, aligns the corners. Default true.
    /// </summary>
    public bool AlignCorners { get; init; } = true;

    /// <summary>How the weights start. Default: as the authors' code does.</summary>
    public Initialization Initialization { get; init; } = Initialization.Official;

    public IEnumerable<ConfigFault> Faults()
    {
        if (NumClasses is < 1 or > 255)
            yield return new(nameof(NumClasses), $"is {NumClasses}; must be 1 to 255, as masks are 8-bit and one value marks what is ignored");
        foreach (var fault in Head.FaultsOn(nameof(Head), Backbone))
            yield return fault;
        if (Head is SimccHeadConfig || Auxiliary?.Head is SimccHeadConfig)
            yield return new(nameof(Head), "is simcc, which gives no maps; it is for model.type: pose");
        foreach (var fault in Auxiliary?.Head.FaultsOn(nameof(Auxiliary), Backbone) ?? [])
            yield return fault;
    }
}
