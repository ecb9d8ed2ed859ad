using static TorchSharp.torch;

namespace Seg.Models.Heads;

/// <summary>A head, and which of a backbone's maps it gets.</summary>
/// <param name="Head">Made for these maps.</param>
/// <param name="Indices">Of the maps, from 0, in the order in which the head gets them.</param>
public sealed record HeadOnMaps(Head Head, IReadOnlyList<int> Indices)
{
    /// <summary>All outputs, from all of the backbone's maps.</summary>
    public Tensor[] Call(Tensor[] maps) => Head.call(Choose(maps));

    /// <summary>The main output alone, from all of the backbone's maps.</summary>
    public Tensor Predict(Tensor[] maps) => Head.Predict(Choose(maps));

    private Tensor[] Choose(Tensor[] maps) => [.. Indices.Select(index => maps[index])];
}
