namespace Seg.Models.Configuration;

/// <summary>A block that maps features to features. docs/blocks.md lists them all with their options.</summary>
[VariantKey("name")]
[Variant("non_local", typeof(NonLocalConfig))]
[Variant("strip_pooling", typeof(StripPoolingConfig))]
[Variant("mixed_pooling", typeof(MixedPoolingConfig))]
[Variant("pyramid_pooling", typeof(PyramidPoolingConfig))]
[Variant("sp_head", typeof(StripPoolingHeadBlockConfig))]
[Variant("bottleneck", typeof(BottleneckConfig))]
[Variant("sk_conv", typeof(SkConvConfig))]
[Variant("local_relation", typeof(LocalRelationConfig))]
[Variant("rga", typeof(RgaConfig))]
public abstract record BlockConfig
{
    /// <summary>
    /// Channels of the input; at least 1. Required for a bare block (<c>type: block</c>), left out where a network places the block: there
    /// the place gives them.
    /// </summary>
    public int? InChannels { get; init; }

    /// <summary>Dimensions of the input, the batch's included: 4 for (N, C, H, W).</summary>
    public virtual int InputDimensions => 4;

    /// <summary>Whether the block can be put after a map, whose shape it keeps.</summary>
    public virtual bool FitsMap => false;

    /// <summary>Whether the block can stand in place of a 3x3 convolution with the norm and the ReLU that follow it.</summary>
    public virtual bool FitsConvolution => false;

    /// <summary>The name that stands for this kind of block in a file.</summary>
    internal string Name => ConfigReader.NameOf(this);

    /// <summary>What speaks against this block after a map of a network; empty where it can stand there.</summary>
    /// <param name="member">The property of the network's configuration that holds the block.</param>
    public IEnumerable<ConfigFault> FaultsOnMap(string member) => PlacementFaults(member, FitsMap, "after a map", block => block.FitsMap);

    /// <summary>What speaks against this block in place of a 3x3 convolution of a network; empty where it can stand there.</summary>
    /// <param name="member">The property of the network's configuration that holds the block.</param>
    public IEnumerable<ConfigFault> FaultsAsConvolution(string member) =>
        PlacementFaults(member, FitsConvolution, "in place of a 3x3 convolution", block => block.FitsConvolution);

    /// <summary>What breaks the block's own rules at a place with this many channels: "groups is 32; must divide …".</summary>
    internal IEnumerable<string> FaultsWith(int channels) =>
        ((this with { InChannels = channels }) as IChecked)?.Faults().Select(fault => $"{ConfigNames.ToSnakeCase(fault.Member)} {fault.Problem}") ?? [];

    /// <summary>The properties with values that a network would give where it places the block; in a network they must be left out.</summary>
    protected virtual IEnumerable<string> GivenByPlace() => InChannels is null ? [] : [nameof(InChannels)];

    private IEnumerable<ConfigFault> PlacementFaults(string member, bool fits, string place, Predicate<BlockConfig> others)
    {
        if (!fits)
            yield return new(member, $"is {Name}, which cannot stand {place}; those that can: {string.Join(", ", NamesOf(others))}");
        foreach (var key in GivenByPlace())
            yield return new(member, $"gives {Name} {ConfigNames.ToSnakeCase(key)}; leave it out, as the place in the network says it");
    }

    private static IEnumerable<string> NamesOf(Predicate<BlockConfig> condition) =>
        from variant in ConfigSchema.Of(typeof(BlockConfig)).Variants
        where condition((BlockConfig)Activator.CreateInstance(variant.Value)!)
        select variant.Key;
}
