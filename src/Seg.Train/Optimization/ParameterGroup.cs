using TorchSharp.Modules;

namespace Seg.Train.Optimization;

/// <summary>Parameters that an optimizer treats alike.</summary>
/// <param name="RateFactor">What their learning rate is multiplied by.</param>
/// <param name="DecayFactor">What their weight decay is multiplied by.</param>
internal sealed record ParameterGroup(double RateFactor, double DecayFactor, IReadOnlyList<(string Name, Parameter Parameter)> Members);
