namespace Seg.Models.Networks;

/// <summary>One module's share of a network's cost.</summary>
/// <param name="Name">The module's name, as in the keys of the state dict.</param>
/// <param name="Type">Its kind: Conv2d, BatchNorm2d.</param>
/// <param name="OutputShape">Shape of its result; empty where it is computed as part of its neighbour.</param>
/// <param name="Parameters">Its own parameters; running statistics do not count.</param>
/// <param name="MultiplyAdds">Its multiply-adds; biases, norms, activations, pooling and interpolation do not count.</param>
public sealed record ModuleCost(string Name, string Type, IReadOnlyList<long> OutputShape, long Parameters, long MultiplyAdds);
