namespace Seg.Models.Configuration;

/// <summary>One residual unit of an HRNet: where blocks can be placed.</summary>
/// <param name="Stage">1 to 4.</param>
/// <param name="Branch">Of the stage; the first is the finest.</param>
/// <param name="Module">Of the stage.</param>
/// <param name="Unit">Of the branch.</param>
internal readonly record struct HRNetSpot(int Stage, Ordinal Branch, Ordinal Module, Ordinal Unit)
{
    /// <summary>All of a stage.</summary>
    public static IEnumerable<HRNetSpot> Of(int stage, int modules, int units) =>
        from branch in Ordinal.UpTo(stage)
        from module in Ordinal.UpTo(modules)
        from unit in Ordinal.UpTo(units)
        select new HRNetSpot(stage, branch, module, unit);
}
