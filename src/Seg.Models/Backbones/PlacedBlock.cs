using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Backbones;

/// <summary>A block of another paper that a configuration puts after a map of a backbone.</summary>
/// <param name="Name">What it is called in the state dict, within its owner.</param>
/// <param name="Module">(N, C, H, W) → the same.</param>
public sealed record PlacedBlock(string Name, Module<Tensor, Tensor> Module);
