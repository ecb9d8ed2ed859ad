using System.Globalization;
using Seg.Models.Networks;
using Seg.Models.Weights;
using Seg.Train.Jobs;

namespace Seg.Cli.Display;

/// <summary>What a network costs, module by module.</summary>
internal static class CostTable
{
    public static void Write(TextWriter output, string name, NetworkSource source, long[] inputShape, NetworkCost cost)
    {
        var table = new TextTable("module", "type", "output", "parameters", "multiply-adds") { LeftColumns = 2 };
        foreach (var module in cost.Modules)
        {
            table.Add(
                module.Name, module.Type, string.Join('x', module.OutputShape), Number(module.Parameters),
                module.MultiplyAdds > 0 ? Number(module.MultiplyAdds) : "");
        }
        table.Write(output);
        output.WriteLine();
        output.WriteLine($"{name}: {Number(cost.Parameters)} parameters, {Millions(cost.MultiplyAdds)} million multiply-adds for an input of {string.Join('x', inputShape)}");
        if (source.Description is { } description)
        {
            var kind = description is PoseDescription ? "keypoints" : "classes";
            output.WriteLine($"{description.OutputNames.Count} {kind}: {string.Join(", ", description.OutputNames)}");
        }
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Millions(long value) => (value / 1e6).ToString("N3", CultureInfo.InvariantCulture);
}
