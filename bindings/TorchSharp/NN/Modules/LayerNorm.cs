using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Layer normalisation (Ba et al., arXiv:1607.06450) over the last dimensions, which are <see cref="normalized_shape"/>.</summary>
public sealed class LayerNorm : Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))]
    private Parameter? _weight;

    [ComponentName(Name = nameof(bias))]
    private Parameter? _bias;

    internal LayerNorm(long[] normalized_shape, double eps, bool elementwise_affine, bool bias, Device? device, ScalarType? dtype)
        : base(nameof(LayerNorm))
    {
        this.normalized_shape = normalized_shape;
        this.eps = eps;
        this.elementwise_affine = elementwise_affine;
        if (elementwise_affine)
            weight = Parameter(empty(normalized_shape, dtype, device));
        if (elementwise_affine && bias)
            this.bias = Parameter(empty(normalized_shape, dtype, device));
        reset_parameters();
    }

    public long[] normalized_shape { get; set; }

    public double eps { get; set; }

    public bool elementwise_affine { get; set; }

    /// <summary>The scale, null without <see cref="elementwise_affine"/>.</summary>
    public Parameter weight
    {
        get => _weight!;
        set => SetParameter(nameof(weight), ref _weight, value);
    }

    /// <summary>The offset, or null.</summary>
    public Parameter? bias
    {
        get => _bias;
        set => SetParameter(nameof(bias), ref _bias, value);
    }

    /// <summary>Weight 1, bias 0.</summary>
    public void reset_parameters()
    {
        if (_weight is not null)
            init.ones_(_weight);
        if (_bias is not null)
            init.zeros_(_bias);
    }

    public override Tensor forward(Tensor tensor) => functional.layer_norm(tensor, normalized_shape, weight, bias, eps);
}
