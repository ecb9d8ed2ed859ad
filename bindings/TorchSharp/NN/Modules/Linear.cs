using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>x · weightᵀ + bias. Shapes: (…, in) → (…, out).</summary>
public sealed class Linear : Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))]
    private Parameter? _weight;

    [ComponentName(Name = nameof(bias))]
    private Parameter? _bias;

    internal Linear(Parameter weight, Parameter? bias) : base(nameof(Linear))
    {
        in_features = weight.shape[1];
        out_features = weight.shape[0];
        this.weight = weight;
        this.bias = bias;
    }

    internal Linear(long inputSize, long outputSize, bool hasBias, Device? device, ScalarType? dtype) : base(nameof(Linear))
    {
        in_features = inputSize;
        out_features = outputSize;
        weight = Parameter(empty([outputSize, inputSize], dtype, device));
        init.kaiming_uniform_(weight, Math.Sqrt(5)); // uniform within ± 1 / √(fan in), as in PyTorch
        if (!hasBias)
            return;
        bias = Parameter(empty([outputSize], dtype, device));
        double bound = inputSize > 0 ? 1 / Math.Sqrt(inputSize) : 0;
        init.uniform_(bias, -bound, bound);
    }

    public long in_features { get; set; }

    public long out_features { get; set; }

    /// <summary>(out, in). A new value takes the old one's place, which is disposed.</summary>
    public Parameter weight
    {
        get => _weight!;
        set => SetParameter(nameof(weight), ref _weight, value);
    }

    /// <summary>(out), or null. A new value takes the old one's place, which is disposed.</summary>
    public Parameter? bias
    {
        get => _bias;
        set => SetParameter(nameof(bias), ref _bias, value);
    }

    public override Tensor forward(Tensor tensor) => functional.linear(tensor, weight, bias);
}
