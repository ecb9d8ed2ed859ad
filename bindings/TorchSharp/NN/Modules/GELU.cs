using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>x · Φ(x), Φ the normal distribution's cumulative function.</summary>
public sealed class GELU : ParameterLessModule<Tensor, Tensor>
{
    /// <summary>Whether Φ is exact or made of tanh.</summary>
    public enum Approximate
    {
        none,
        tanh,
    }

    internal GELU(bool inplace, GELU.Approximate approximate) : base(nameof(GELU))
    {
        this.inplace = inplace;
        this.approximate = approximate;
    }

    public bool inplace { get; set; }

    public Approximate approximate { get; set; }

    public override Tensor forward(Tensor tensor) => functional.gelu(tensor, approximate, inplace);
}
