namespace Seg.Models.Blocks;

/// <summary>A module that can put its batch norms into the convolutions before them.</summary>
public interface IFoldable
{
    /// <summary>Folds this module's own pairs (not its children's). For prediction only; it cannot be undone.</summary>
    void Fold();
}
