using System.Text.RegularExpressions;

namespace Seg.Train.Distributed;

/// <summary>Slurm's short form of lists of machines: <c>gpu[07-09,12],login</c>.</summary>
internal static partial class SlurmNodes
{
    /// <summary>The first machine of a list.</summary>
    public static string First(string list)
    {
        // Of each range the first number; then all up to the first comma, which now stands between machines.
        var first = Range().Replace(list, "${first}");
        return first.Split(',')[0].Trim();
    }

    [GeneratedRegex(@"\[(?<first>[^\],-]+)[^\]]*\]", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Range();
}
