using System.Globalization;
using System.Text.RegularExpressions;

namespace Seg.Predict.Inputs;

/// <summary>A source of frames that is no file: a camera (<c>camera:0</c>) or an address such as <c>rtsp://host/path</c>.</summary>
public sealed partial class StreamAddress
{
    private const string CameraPrefix = "camera:";

    private StreamAddress(int camera) => (Camera, Shown, Name) = (camera, $"{CameraPrefix}{camera}", $"camera_{camera}");

    private StreamAddress(Match address)
    {
        Address = address.Value;
        var rest = address.Groups["rest"].Value;
        Shown = $"{address.Groups["scheme"].Value}://{rest}";
        // Without what follows the path, which may hold secrets as well.
        var place = rest.Split('?', '#')[0].TrimEnd('/');
        Name = Unusual().Replace(place, "_").Trim('_', '.') is { Length: > 0 } name ? name : "stream";
    }

    /// <summary>The camera's number, from 0; null of an address.</summary>
    public int? Camera { get; }

    /// <summary>The whole address; null of a camera.</summary>
    public string? Address { get; }

    /// <summary>What messages and results call it: the address without user and password.</summary>
    public string Shown { get; }

    /// <summary>What its results are called, in letters that every file system takes.</summary>
    internal string Name { get; }

    /// <returns>null where the text is neither a camera nor an address.</returns>
    public static StreamAddress? TryParse(string text)
    {
        if (text.StartsWith(CameraPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return int.TryParse(text.AsSpan(CameraPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? new StreamAddress(number) : null;
        }
        return Url().Match(text) is { Success: true } address ? new StreamAddress(address) : null;
    }

    // A scheme of one letter would be a Windows drive.
    [GeneratedRegex(@"^(?<scheme>[a-zA-Z][a-zA-Z0-9+.-]+)://([^/?#@]*@)?(?<rest>.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Url();

    [GeneratedRegex("[^A-Za-z0-9.-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Unusual();
}
