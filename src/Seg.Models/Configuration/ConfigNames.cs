using System.Text;

namespace Seg.Models.Configuration;

/// <summary>How names in C# and in files relate, and which known name a mistyped one may have meant.</summary>
internal static class ConfigNames
{
    /// <summary>NumClasses → num_classes, HRNetConfig → hr_net_config, Bf16 → bf16.</summary>
    public static string ToSnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            var followsLower = i > 0 && !char.IsUpper(name[i - 1]);
            var endsAbbreviation = i > 0 && i + 1 < name.Length && char.IsLower(name[i + 1]);
            if (char.IsUpper(name[i]) && (followsLower || endsAbbreviation))
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }

    /// <summary>Whether a module can have this name, which becomes part of keys in the state dict: letters, digits and underscores.</summary>
    public static bool IsModuleName(string name) => name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

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
    private static int Distance(string first, string second)
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
