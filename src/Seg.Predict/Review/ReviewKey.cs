using System.Security.Cryptography;
using System.Text;

namespace Seg.Predict.Review;

/// <summary>
/// File names that are made of items' names: what a person recognises, in letters that no file system, URL or script takes for anything
/// else, and a check sum of the whole name, which tells apart what these letters do not.
/// </summary>
internal static class ReviewKey
{
    private const int LongestStem = 48, SumBytes = 6;

    public static string Of(string name)
    {
        var stem = name[(name.LastIndexOf('/') + 1)..];
        var letters = string.Concat(stem.Take(LongestStem).Select(letter => IsPlain(letter) ? letter : '_'));
        return $"{letters}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, SumBytes))}";
    }

    /// <summary>Whether a text could be a key, as those are that come from a file.</summary>
    public static bool IsKey(string text) => text.Length > 0 && text.All(IsPlain);

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-';
}
