namespace OpenCvSharp;

/// <summary>The four letters that name a video codec.</summary>
public readonly record struct FourCC(int Value)
{
    public static FourCC FromFourChars(char c1, char c2, char c3, char c4) =>
        new((c1 & 255) | (c2 & 255) << 8 | (c3 & 255) << 16 | (c4 & 255) << 24);

    /// <param name="code">One to four letters, such as "mp4v"; filled up with spaces.</param>
    public static FourCC FromString(string code)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        if (code.Length > 4)
            throw new ArgumentException($"\"{code}\" has more than four letters.", nameof(code));
        var padded = code.PadRight(4);
        return FromFourChars(padded[0], padded[1], padded[2], padded[3]);
    }

    public static implicit operator int(FourCC fourcc) => fourcc.Value;

    public static implicit operator FourCC(int code) => new(code);
}
