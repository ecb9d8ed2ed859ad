using Seg.Models.Configuration;

namespace Seg.Train.Optimization;

/// <summary>The <c>train.freeze:</c> section of a config: parameters that stay as they are.</summary>
public sealed record FreezeConfig : IChecked
{
    /// <summary>
    /// Which, by their names in the state dict; * stands for any text, ? for any letter: [conv1.*, bn1.*, stage2.*]. Each must match a parameter.
    /// Default none.
    /// </summary>
    public string[] Parameters { get; init; } = [];

    /// <summary>
    /// Whether norms whose scale and shift are frozen normalise by their running statistics, which then stay too, as in evaluation; default true. Else they go on
    /// normalising by the batch and following it.
    /// </summary>
    public bool NormsInEvaluation { get; init; } = true;

    public IEnumerable<ConfigFault> Faults()
    {
        if (Parameters.Any(pattern => pattern.Length == 0))
            yield return new(nameof(Parameters), "holds an empty pattern; give names of parameters, or patterns such as stage2.*");
    }
}
