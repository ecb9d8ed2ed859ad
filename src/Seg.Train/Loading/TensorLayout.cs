using static TorchSharp.torch;

namespace Seg.Train.Loading;

/// <summary>A tensor of a batch, without its values.</summary>
/// <param name="Type">Byte or float32.</param>
/// <param name="Shape">Of one sample: without the batch.</param>
internal sealed record TensorLayout(ScalarType Type, params long[] Shape);
