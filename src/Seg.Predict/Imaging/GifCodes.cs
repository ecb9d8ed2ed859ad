namespace Seg.Predict.Imaging;

/// <summary>The compression of GIF (LZW with codes of 3 to 12 bits, GIF89a appendix F).</summary>
internal static class GifCodes
{
    private const int MostCodes = 4096, MostBits = 12;

    /// <summary>Unpacks one picture.</summary>
    /// <param name="packed">The length of the first codes in bits, then blocks, each with its length before it.</param>
    /// <param name="pixels">One index a pixel.</param>
    /// <returns>false where the codes end before all pixels are there, or mean nothing.</returns>
    public static bool Unpack(ReadOnlySpan<byte> packed, Span<byte> pixels)
    {
        if (packed.IsEmpty || packed[0] is < 1 or >= MostBits)
            return false;
        int firstBits = packed[0], clear = 1 << firstBits, end = clear + 1;
        // A code is the string of an earlier one and a last byte; Lengths are those of the strings.
        Span<short> prefixes = stackalloc short[MostCodes], lengths = stackalloc short[MostCodes];
        Span<byte> lasts = stackalloc byte[MostCodes];
        for (var code = 0; code < clear; code++)
            (lengths[code], lasts[code]) = (1, (byte)code);

        var codes = new BitReader(packed[1..]);
        int bits = firstBits + 1, known = end + 1, before = -1, filled = 0;
        while (filled < pixels.Length)
        {
            var code = codes.Next(bits);
            if (code < 0 || code == end)
                return false;
            if (code == clear)
            {
                (bits, known, before) = (firstBits + 1, end + 1, -1);
                continue;
            }
            if (code > known || (code == known && before < 0))
                return false;
            // The one code that may not be known yet is that of the string before and its own first byte.
            var shown = code < known ? code : before;
            var first = FirstOf(shown, prefixes, lasts, lengths);
            if (before >= 0 && known < MostCodes)
            {
                (prefixes[known], lasts[known], lengths[known]) = ((short)before, first, (short)(lengths[before] + 1));
                known++;
                if (known == 1 << bits && bits < MostBits)
                    bits++;
            }
            filled += Write(code, prefixes, lasts, lengths, pixels[filled..]);
            before = code;
        }
        return true;
    }

    private static byte FirstOf(int code, ReadOnlySpan<short> prefixes, ReadOnlySpan<byte> lasts, ReadOnlySpan<short> lengths)
    {
        while (lengths[code] > 1)
            code = prefixes[code];
        return lasts[code];
    }

    /// <summary>Writes a code's string, as far as there is room.</summary>
    private static int Write(
        int code, ReadOnlySpan<short> prefixes, ReadOnlySpan<byte> lasts, ReadOnlySpan<short> lengths, Span<byte> pixels)
    {
        var length = lengths[code];
        for (var place = length - 1; place >= 0; place--, code = prefixes[code])
        {
            if (place < pixels.Length)
                pixels[place] = lasts[code];
        }
        return Math.Min(length, pixels.Length);
    }

    /// <summary>Codes of any length, lowest bits first, across the bounds of blocks.</summary>
    private ref struct BitReader(ReadOnlySpan<byte> blocks)
    {
        private ReadOnlySpan<byte> rest = blocks, block;
        private int buffer, held;

        /// <summary>−1 behind the last one.</summary>
        public int Next(int bits)
        {
            for (; held < bits; held += 8)
            {
                if (block.IsEmpty && !NextBlock())
                    return -1;
                buffer |= block[0] << held;
                block = block[1..];
            }
            var code = buffer & ((1 << bits) - 1);
            (buffer, held) = (buffer >> bits, held - bits);
            return code;
        }

        private bool NextBlock()
        {
            if (rest.IsEmpty || rest[0] == 0 || rest.Length == 1)
                return false;
            var length = Math.Min(rest[0], rest.Length - 1);
            block = rest.Slice(1, length);
            rest = rest[(1 + length)..];
            return true;
        }
    }
}
