using Seg.Models.Configuration;
using Seg.Models.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Blocks;

/// <summary>
/// Selective kernel convolution: branches that see differently far, added with weights that a small network finds for each channel from
/// what all branches see on average.
/// </summary>
/// <remarks>
/// Li et al., "Selective Kernel Networks", CVPR 2019, arXiv:1903.06586. M branches, groups G, reduction r and minimum width L as there. The
/// paper's form follows the authors' Caffe networks (implus/SKNet), the other one the listing that goes by that name; the keys are the
/// listing's, where it has them. While training the paper's form needs batches of at least 2: its squeeze has a batch norm over single positions.
/// Shapes: (N, inChannels, H, W) → (N, outChannels, ⌈H / stride⌉, ⌈W / stride⌉).
/// </remarks>
public sealed class SelectiveKernelConv : KeyedModule<Tensor, Tensor>, IFoldable
{
    private readonly ConvNormAct[] branches;
    private readonly int channels;
    // The paper's form.
    private readonly ConvNormAct? squeeze;
    private readonly Conv2d? select;
    // The listing's.
    private readonly Linear? plainSqueeze;
    private readonly Linear[] plainSelect = [];

    /// <param name="inChannels">Channels of the input; a multiple of <paramref name="groups"/>.</param>
    /// <param name="outChannels">Channels of the output; a multiple of <paramref name="groups"/>.</param>
    /// <param name="form">Which of the two known forms.</param>
    /// <param name="branches">M, at least 1.</param>
    /// <param name="groups">G, the groups of each branch's convolution.</param>
    /// <param name="reduction">r: the squeeze has outChannels / r channels, rounded down, but at least <paramref name="minimumWidth"/>.</param>
    /// <param name="minimumWidth">L, at least 1.</param>
    /// <param name="stride">1, or more to take every n-th position.</param>
    /// <param name="dilation">Multiplies the distances of the positions that every branch reads.</param>
    /// <exception cref="ArgumentException">The groups do not divide the channels.</exception>
    public SelectiveKernelConv(
        int inChannels, int outChannels, SkConvForm form = SkConvForm.Paper, int branches = 2, int groups = 32, int reduction = 16,
        int minimumWidth = 32, int stride = 1, int dilation = 1) : base(nameof(SelectiveKernelConv))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(branches, 1);
        if (inChannels % groups != 0 || outChannels % groups != 0)
            throw new ArgumentException($"{groups} groups do not divide {inChannels} channels in and {outChannels} out.", nameof(groups));
        channels = outChannels;
        var width = Math.Max(outChannels / reduction, minimumWidth);
        var isPaper = form == SkConvForm.Paper;

        // The names, and their order, are the listing's.
        var group = ModuleGroup.In(this, "convs");
        this.branches = new ConvNormAct[branches];
        for (var i = 0; i < branches; i++)
        {
            var (kernel, distance) = isPaper ? (3, dilation * (i + 1)) : (3 + 2 * i, dilation);
            var conv = Conv2d(
                inChannels, outChannels, kernel, stride, padding: distance * (kernel / 2), dilation: distance, groups: groups, bias: !isPaper);
            this.branches[i] = new ConvNormAct(conv, BatchNorm2d(outChannels), relu: true).RegisterAsSequence(group, $"{i}");
        }
        if (isPaper)
        {
            squeeze = ConvNormAct.Create(outChannels, width, kernel: 1).RegisterAsSequence(this, "fc");
            register_module("fcs", select = Conv2d(width, branches * outChannels, 1L, bias: false));
        }
        else
        {
            register_module("fc", plainSqueeze = Linear(outChannels, width));
            var selections = ModuleGroup.In(this, "fcs");
            plainSelect = [.. Enumerable.Range(0, branches).Select(_ => Linear(width, outChannels))];
            for (var i = 0; i < branches; i++)
                selections.register_module($"{i}", plainSelect[i]);
        }
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        Tensor[] maps = [.. branches.Select(branch => branch.Forward(x))];             // (N, C, H', W') each
        var weights = Scores(maps).softmax(1).to(maps[0].dtype).unbind(1);              // for each branch (N, C, 1, 1)
        var mixed = maps[0] * weights[0];
        for (var i = 1; i < maps.Length; i++)
            mixed.addcmul_(maps[i], weights[i], 1);
        return mixed.MoveToOuterDisposeScope();                                         // (N, C, H', W')
    }

    public void Fold()
    {
        foreach (var branch in branches)
            branch.Fold();
        squeeze?.Fold();
    }

    /// <summary>Each branch's map (N, C, H', W') → (N, M, C, 1, 1), how much of each branch every channel takes, before the softmax.</summary>
    /// <remarks>
    /// In the parameters' type under autocast, too: the squeeze's norm divides by how little the few means of a batch differ, and what bfloat16 rounds away there
    /// comes back in the gradients a few hundred times as large, layer by layer.
    /// </remarks>
    private Tensor Scores(Tensor[] maps)
    {
        using var full = TorchRuntime.Current.NoAutocast(maps[0].device);
        var type = select?.weight?.dtype ?? plainSqueeze!.weight!.dtype;
        // The mean of the sum of all maps: from each map's, so that the sum is never stored.
        var means = maps.Select(map => map.mean([2, 3], keepdim: true, type)).Aggregate((sum, mean) => sum + mean);   // (N, C, 1, 1)
        if (squeeze is not null)
            return select!.call(squeeze.Forward(means)).view(-1, branches.Length, channels, 1, 1);
        var squeezed = plainSqueeze!.call(means.flatten(1));                            // (N, d)
        return stack([.. plainSelect.Select(linear => linear.call(squeezed))], 1).view(-1, branches.Length, channels, 1, 1);
    }
}
