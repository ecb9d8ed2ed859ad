using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>
/// Relation-aware global attention (RGA): gates positions, then channels, each by its relations to all others.
/// </summary>
/// <remarks>
/// Zhang et al., "Relation-Aware Global Attention for Person Re-identification", CVPR 2020, arXiv:1904.02998; keys and numbers of the authors'
/// RGA_Module. The relations with all positions are channels inside, which ties the authors' module to one map size, the grid. For any size,
/// every position of the map is compared with the cells of the grid instead, where θ and φ are averaged over each cell (adaptive average
/// pooling); as relations are products, these are the averages of its relations with the cell's positions. The channel part looks
/// at the map averaged over the same cells. Nothing else changes, and on a map of the grid's size nothing at all.
/// Shapes: (N, channels, H, W) → the same; (H, W) the grid, unless any size is taken.
/// </remarks>
public sealed class RelationAwareAttention : KeyedModule<Tensor, Tensor>, IFoldable
{
    private readonly (int Height, int Width) grid;
    private readonly bool anySize;
    private readonly RelationGate? spatialGate, channelGate;

    /// <param name="channels">Channels of input and output; at least <paramref name="channelReduction"/>.</param>
    /// <param name="grid">Extents in positions of the map, or with <paramref name="anySize"/> of what it is averaged to.</param>
    /// <param name="spatial">Whether positions are gated.</param>
    /// <param name="channel">Whether channels are gated.</param>
    /// <param name="anySize">Whether maps of other sizes than the grid are taken.</param>
    /// <param name="channelReduction">Channels are embedded in so many times fewer.</param>
    /// <param name="spatialReduction">The grid's positions are embedded in so many times fewer.</param>
    /// <param name="hiddenReduction">The gates' hidden layers have so many times fewer channels than their input.</param>
    /// <exception cref="ArgumentException">A layer would have no channels, or neither positions nor channels are gated.</exception>
    public RelationAwareAttention(
        int channels, (int Height, int Width) grid, bool spatial, bool channel, bool anySize, int channelReduction = 8, int spatialReduction = 8,
        int hiddenReduction = 8) : base(nameof(RelationAwareAttention))
    {
        this.grid = grid;
        this.anySize = anySize;
        var positions = grid.Height * grid.Width;
        var (fewerChannels, fewerPositions) = (channels / channelReduction, positions / spatialReduction);
        if (!spatial && !channel)
            throw new ArgumentException("Either positions or channels must be gated.", nameof(spatial));
        Require(fewerChannels, channels, "channels", channelReduction);
        Require(fewerPositions, positions, "positions in the grid", spatialReduction);
        if (spatial)
        {
            Require((1 + fewerPositions) / hiddenReduction, 1 + fewerPositions, "channels of the spatial gate", hiddenReduction);
            spatialGate = new RelationGate(channels, fewerChannels, positions, fewerPositions, hiddenReduction);
        }
        if (channel)
        {
            Require((1 + fewerChannels) / hiddenReduction, 1 + fewerChannels, "channels of the channel gate", hiddenReduction);
            channelGate = new RelationGate(positions, fewerPositions, channels, fewerChannels, hiddenReduction);
        }

        // The names, and their order, are the checkpoints'.
        spatialGate?.RegisterEmbedding(this, "gx_spatial");
        channelGate?.RegisterEmbedding(this, "gx_channel");
        spatialGate?.RegisterRelations(this, "gg_spatial");
        channelGate?.RegisterRelations(this, "gg_channel");
        spatialGate?.RegisterLayers(this, "W_spatial");
        channelGate?.RegisterLayers(this, "W_channel");
        spatialGate?.RegisterComparison(this, "theta_spatial", "phi_spatial");
        channelGate?.RegisterComparison(this, "theta_channel", "phi_channel");
    }

    /// <exception cref="InputException">The map has not the grid's size, and only that is taken.</exception>
    public override Tensor forward(Tensor x)
    {
        if (!anySize && (x.shape[2], x.shape[3]) != grid)
        {
            throw new InputException($"Relation-aware attention is made for maps of {grid.Height}x{grid.Width} positions, and this one has " +
                $"{x.shape[2]}x{x.shape[3]}; set its grid to that, or any_size to true.");
        }
        using var scope = NewDisposeScope();
        var result = x;
        if (spatialGate is not null)
            result = result * spatialGate.Forward(result, OnGrid);                              // gate (N, 1, H, W)
        if (channelGate is not null)
        {
            var nodes = OnGrid(result).flatten(2).transpose(1, 2).unsqueeze(3);                 // (N, positions of the grid, C, 1)
            result = result * channelGate.Forward(nodes, all => all).transpose(1, 2);           // gate (N, C, 1, 1)
        }
        return result.MoveToOuterDisposeScope();
    }

    public void Fold()
    {
        spatialGate?.Fold();
        channelGate?.Fold();
    }

    private Tensor OnGrid(Tensor map) =>
        (map.shape[2], map.shape[3]) == grid ? map : functional.adaptive_avg_pool2d(map, [grid.Height, grid.Width]);

    private static void Require(int left, int given, string what, int reduction)
    {
        if (left < 1)
            throw new ArgumentException($"{given} {what} divided by {reduction} leave none.");
    }
}
