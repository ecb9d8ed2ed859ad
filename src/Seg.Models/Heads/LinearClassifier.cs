using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Seg.Models.Heads;

/// <summary>The average over the map, and a linear layer: fc, as torchvision has it.</summary>
/// <remarks>Shapes: (N, C, H, W) → (N, classes).</remarks>
public sealed class LinearClassifier : Classifier
{
    private readonly Linear fc;

    /// <param name="channels">C; at least 1.</param>
    /// <param name="classes">At least 1.</param>
    public LinearClassifier(int channels, int classes) : base(nameof(LinearClassifier)) =>
        register_module(nameof(fc), fc = Linear(channels, classes));

    public override Tensor forward(Tensor map)
    {
        using var features = map.mean([2, 3]);                       // (N, C)
        return fc.call(features);
    }

    /// <summary>It stays as PyTorch makes it, and torchvision leaves it.</summary>
    public override void InitializeAsAuthors() { }
}
