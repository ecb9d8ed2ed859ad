namespace Seg.Models;

/// <summary>Finds the known name that a mistyped one may have meant.</summary>
public static class NearestName
{
    /// <summary>What follows an unknown name in a message: the nearest known one where one is near, else all of them.</summary>
    public static string Suggest(string unknown, IReadOnlyCollection<string> known)
    {
        var nearest = known.OrderBy(name => Distance(unknown, name)).FirstOrDefault();
        if (nearest is not null && Distance(unknown, nearest) <= Math.Max(2, nearest.Length / 3))
            return $"did you mean '{nearest}'?";
        return known.Count == 0 ? "there are none here" : $"there are: {string.Join(", ", known)}";
    }

    /// <summary>
    /// Letters to insert, remove or change to turn one name into the other (Levenshtein), neighbours swapped counting once.
    /// </summary>
    public static int Distance(string first, string second)
    {
        var table = new int[first.Length + 1, second.Length + 1];
        for (var i = 0; i <= first.Length; i++)
            table[i, 0] = i;
        for (var j = 0; j <= second.Length; j++)
            table[0, j] = j;
        for (var i = 1; i <= first.Length; i++)
        {
            for (var j = 1; j <= second.Length; j++)
            {
                var changed = table[i - 1, j - 1] + (first[i - 1] == second[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(changed, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && first[i - 1] == second[j - 2] && first[i - 2] == second[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }
        return table[first.Length, second.Length];
    }
}
