using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Group normalisation (Wu and He, arXiv:1803.08494). Shapes: (N, C, …), the same out.</summary>
public sealed class GroupNorm : Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))]
    private Parameter? _weight;

    [ComponentName(Name = nameof(bias))]
    private Parameter? _bias;

    internal GroupNorm(long num_groups, long num_channels, double eps, bool affine, Device? device, ScalarType? dtype)
        : base(nameof(GroupNorm))
    {
        this.num_groups = num_groups;
        this.eps = eps;
        this.affine = affine;
        if (!affine)
            return;
        weight = Parameter(empty([num_channels], dtype, device));
        bias = Parameter(empty([num_channels], dtype, device));
        init.ones_(weight);
        init.zeros_(bias);
    }

    public long num_groups { get; set; }

    public double eps { get; set; }

    public bool affine { get; set; }

    /// <summary>(C), the scale; null without <see cref="affine"/>.</summary>
    public Parameter weight
    {
        get => _weight!;
        set => SetParameter(nameof(weight), ref _weight, value);
    }

    /// <summary>(C), the offset; null without <see cref="affine"/>.</summary>
    public Parameter? bias
    {
        get => _bias;
        set => SetParameter(nameof(bias), ref _bias, value);
    }

    public override Tensor forward(Tensor tensor) => functional.group_norm(tensor, num_groups, weight, bias, eps);
}
