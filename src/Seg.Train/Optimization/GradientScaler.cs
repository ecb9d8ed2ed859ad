namespace Seg.Train.Optimization;

/// <summary>
/// The factor by which the loss is multiplied before the backward pass in float16, so that small gradients do not vanish (Micikevicius et al.,
/// arXiv:1710.03740). It is halved when a gradient overflows, and doubled after many steps in which none did.
/// </summary>
/// <remarks>All numbers are those of PyTorch's GradScaler. Powers of two, so that scaling alone rounds nothing.</remarks>
public sealed class GradientScaler
{
    /// <summary>Steps without an overflow after which the factor is doubled.</summary>
    public const int GrowthInterval = 2000;

    /// <summary>A gradient that overflows even at this factor is no matter of scaling: the training has diverged.</summary>
    public const double Least = 1.0 / 1024;

    private const double First = 65536;

    /// <summary>The factor of the next step.</summary>
    public double Factor { get; private set; } = First;

    /// <summary>Steps since the factor changed.</summary>
    public int Steps { get; private set; }

    /// <summary>Takes over what another scaler had come to.</summary>
    public void Restore(double factor, int steps) => (Factor, Steps) = (factor, steps);

    /// <summary>After a step whose gradients were finite, or were not.</summary>
    public void Update(bool wereFinite)
    {
        Steps = wereFinite ? Steps + 1 : 0;
        if (!wereFinite)
            Factor /= 2;
        else if (Steps == GrowthInterval)
            (Factor, Steps) = (Factor * 2, 0);
    }
}
