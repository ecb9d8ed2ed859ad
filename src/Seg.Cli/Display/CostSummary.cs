using Seg.Models.Networks;

namespace Seg.Cli.Display;

/// <summary>A network's cost in fewer lines.</summary>
internal static class CostSummary
{
    /// <summary>What the type says of a line that adds up modules.</summary>
    public const string Group = "group";

    /// <summary>
    /// Adds up the modules whose names agree in the first so many parts. A line for several has the type <see cref="Group"/> and no output
    /// shape; the totals stay.
    /// </summary>
    public static NetworkCost AtDepth(NetworkCost cost, int depth) => cost with
    {
        Modules = [.. cost.Modules.GroupBy(module => string.Join('.', module.Name.Split('.').Take(depth))).Select(group => Sum(group.Key, [.. group]))],
    };

    private static ModuleCost Sum(string name, ModuleCost[] modules) => modules is [var only] && only.Name == name
        ? only
        : new(name, Group, [], modules.Sum(module => module.Parameters), modules.Sum(module => module.MultiplyAdds));
}
