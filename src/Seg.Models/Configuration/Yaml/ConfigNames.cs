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

    /// <inheritdoc cref="NearestName.Suggest"/>
    public static string Suggest(string unknown, IReadOnlyCollection<string> known) => NearestName.Suggest(unknown, known);
}
