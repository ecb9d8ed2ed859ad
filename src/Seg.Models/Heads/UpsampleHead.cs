using Seg.Models.Backbones;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Heads;

/// <summary>The plainest head: a 1x1 classifier on one of the maps and nothing else; the measure of what other heads add.</summary>
/// <remarks>
/// Long et al., "Fully Convolutional Networks", CVPR 2015, arXiv:1411.4038, without its skip connections.
/// Shapes: maps (N, C_i, h_i, w_i) → (N, classes, h_i, w_i) of the chosen one.
/// </remarks>
public sealed class UpsampleHead : Head
{
    private readonly int index;
    private readonly Conv2d classifier;

    /// <param name="maps">The backbone's maps.</param>
    /// <param name="index">The one that is classified, from 0.</param>
    /// <param name="classes">Channels of the result; at least 1.</param>
    public UpsampleHead(IReadOnlyList<FeatureMap> maps, int index, int classes) : base(nameof(UpsampleHead))
    {
        this.index = index;
        register_module("classifier", classifier = Conv2d(maps[index].Channels, classes, 1L));
    }

    public override Tensor[] forward(Tensor[] maps) => [classifier.call(maps[index])];

    /// <summary>It is nobody's: it stays as PyTorch makes it.</summary>
    public override void InitializeAsAuthors() { }
}
