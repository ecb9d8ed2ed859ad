using System.Text;
using System.Text.RegularExpressions;

namespace Seg.Predict.Inputs;

/// <summary>A file pattern: * and ? within one folder's or file's name, ** for any number of folders.</summary>
internal sealed class GlobPattern
{
    private readonly Regex regex;

    public GlobPattern(string pattern) : this(pattern, Path.DirectorySeparatorChar)
    {
    }

    /// <param name="separator">What the system writes between folders, beside '/'.</param>
    internal GlobPattern(string pattern, char separator)
    {
        var parts = pattern.Replace(separator, '/').Split('/');
        var literal = parts.TakeWhile(part => !IsPattern(part)).Take(parts.Length - 1).ToArray();
        Folder = literal switch
        {
            [] => ".",
            [""] => "/",
            [[.., ':'] drive] when separator != '/' => drive + "/",   // without it, Windows takes the drive's current folder
            _ => string.Join('/', literal),
        };
        var rest = parts[literal.Length..];
        IsDeep = rest.Length > 1;

        var expression = new StringBuilder("^");
        for (var index = 0; index < rest.Length; index++)
        {
            var isLast = index == rest.Length - 1;
            if (rest[index] == "**")
                expression.Append(isLast ? ".*" : "(?:[^/]+/)*");
            else
                expression.Append(Expression(rest[index])).Append(isLast ? "" : "/");
        }
        regex = new Regex(expression.Append('$').ToString(), RegexOptions.CultureInvariant);
    }

    /// <summary>The folder above the first part that is a pattern.</summary>
    public string Folder { get; }

    /// <summary>Whether a match may lie in a subfolder of <see cref="Folder"/>.</summary>
    public bool IsDeep { get; }

    public static bool IsPattern(string text) => text.AsSpan().IndexOfAny('*', '?') >= 0;

    public bool Matches(string file) => regex.IsMatch(Path.GetRelativePath(Folder, file).Replace(Path.DirectorySeparatorChar, '/'));

    /// <summary>One folder's or file's name as a regular expression.</summary>
    private static string Expression(string part) =>
        Regex.Escape(part).Replace("\\*", "[^/]*", StringComparison.Ordinal).Replace("\\?", "[^/]", StringComparison.Ordinal);
}
