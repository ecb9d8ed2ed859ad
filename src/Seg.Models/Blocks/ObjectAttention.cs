using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>Every pixel gathers a context from the object regions, the more of a region the more alike the two are.</summary>
/// <remarks>
/// Yuan et al., "Object-Contextual Representations for Semantic Segmentation", ECCV 2020, arXiv:1909.11065; the class ObjectAttentionBlock2D
/// of the authors' code, at its scale of 1. The softmax is over the regions.
/// Shapes: [pixels (N, C, H, W), regions (N, C, K, 1)] → (N, C, H, W).
/// </remarks>
public sealed class ObjectAttention : KeyedModule<Tensor[], Tensor>, IFoldable
{
    private readonly ConvNormAct[] queries, keys;
    private readonly ConvNormAct value, increase;
    private readonly int keyChannels;

    /// <param name="channels">C; at least 1.</param>
    /// <param name="keyChannels">Channels in which pixels and regions are compared; at least 1.</param>
    public ObjectAttention(int channels, int keyChannels) : base(nameof(ObjectAttention))
    {
        this.keyChannels = keyChannels;
        // The names are the checkpoints' keys.
        queries = Sequence("f_pixel", (channels, keyChannels), (keyChannels, keyChannels));
        keys = Sequence("f_object", (channels, keyChannels), (keyChannels, keyChannels));
        value = Sequence("f_down", (channels, keyChannels))[0];
        increase = Sequence("f_up", (keyChannels, channels))[0];
    }

    public override Tensor forward(Tensor[] pixelsAndRegions)
    {
        var (pixels, regions) = (pixelsAndRegions[0], pixelsAndRegions[1]);
        using var scope = NewDisposeScope();
        var query = queries.Follow(pixels);                                    // (N, Ck, H, W)
        var key = keys.Follow(regions).flatten(2);                             // (N, Ck, K)
        var values = value.Forward(regions).flatten(2).transpose(1, 2);        // (N, K, Ck)
        var (height, width) = (query.shape[2], query.shape[3]);
        // With channels innermost, rows of pixels are a view; the scale is put on the few regions rather than on every pixel.
        var rows = query.permute(0, 2, 3, 1).flatten(1, 2);                    // (N, H · W, Ck)
        var weights = rows.matmul(key * Math.Pow(keyChannels, -0.5)).softmax(-1);   // (N, H · W, K), adding up to 1 over K
        var context = weights.matmul(values).view(-1, height, width, keyChannels).permute(0, 3, 1, 2);   // (N, Ck, H, W)
        return increase.Forward(context).MoveToOuterDisposeScope();
    }

    public void Fold()
    {
        foreach (var unit in queries.Concat(keys).Append(value).Append(increase))
            unit.Fold();
    }

    private ConvNormAct[] Sequence(string name, params (int In, int Out)[] steps)
    {
        var group = ModuleGroup.In(this, name);
        return [.. steps.Select((step, i) =>
        {
            var unit = ConvNormAct.Create(step.In, step.Out, kernel: 1);
            group.RegisterWithInnerNorm(2 * i, unit.Conv, unit.Norm);
            return unit;
        })];
    }
}
