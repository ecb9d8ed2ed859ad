namespace Seg.Models.Configuration;

/// <summary>The part of a network that turns a backbone's maps into logits or heatmaps.</summary>
[VariantKey("name")]
[Variant("concat", typeof(ConcatHeadConfig))]
[Variant("strip_pooling", typeof(StripPoolingHeadConfig))]
[Variant("ocr", typeof(OcrHeadConfig))]
[Variant("upsample", typeof(UpsampleHeadConfig))]
[Variant("heatmap", typeof(HeatmapHeadConfig))]
[Variant("fcn", typeof(FcnHeadConfig))]
[Variant("deconv", typeof(DeconvolutionHeadConfig))]
[Variant("simcc", typeof(SimccHeadConfig))]
public abstract record HeadConfig
{
    /// <summary>
    /// Which of the backbone's maps the head gets, in this order: 1 is the finest, -1 the coarsest. Default: all of them. The head counts
    /// the maps that it gets.
    /// </summary>
    public int[]? Maps { get; init; }

    /// <summary>How many maps the head must get.</summary>
    public virtual int LeastMaps => 1;

    /// <summary>What speaks against this head on a backbone; empty where it can stand there.</summary>
    /// <param name="member">The property of the network's configuration that holds the head.</param>
    /// <param name="backbone">The backbone.</param>
    public IEnumerable<ConfigFault> FaultsOn(string member, BackboneConfig backbone)
    {
        if (Maps is not null && (Maps.Length == 0 || Maps.Any(map => map == 0 || Math.Abs(map) > backbone.MapCount)))
        {
            yield return new(member, $"has maps [{string.Join(", ", Maps)}]; each must be 1 to {backbone.MapCount}, or -1 (the last) to "
                + $"-{backbone.MapCount}, of the {backbone.MapCount} that the backbone hands on");
        }
        else if (LeastMaps > (Maps?.Length ?? backbone.MapCount))
        {
            yield return new(member, $"uses map {LeastMaps} of the backbone, which hands on {Maps?.Length ?? backbone.MapCount}");
        }
    }

    /// <summary>Indices, from 0, of the maps that the head gets.</summary>
    internal IReadOnlyList<int> MapIndices(int count) =>
        Maps is null ? [.. Enumerable.Range(0, count)] : [.. Maps.Select(map => map > 0 ? map - 1 : count + map)];
}
