using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Seg.Models.Tests.Weights;

/// <summary>Changes whole files as bad disks, broken downloads and attackers do, and reads them.</summary>
internal static class Fuzz
{
    /// <summary>For a long run: SEG_FUZZ_CASES=100000.</summary>
    private static readonly int Cases =
        int.TryParse(Environment.GetEnvironmentVariable("SEG_FUZZ_CASES"), CultureInfo.InvariantCulture, out var count) ? count : 300;

    /// <summary>A changed file may cost so much managed memory, beside some for each of its bytes.</summary>
    private const long AllowedBytes = 8 << 20, AllowedForAByte = 200;

    /// <summary>What all changed files together may add to the process's largest size; a forged tensor of the largest size adds twice that.</summary>
    private const long AllowedGrowth = 1L << 30;

    /// <summary>Counts, lengths and positions that are at the edge of what some reader bears.</summary>
    public static readonly long[] Edges =
        [0, 1, -1, 127, 128, 255, 256, 65535, 65536, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 32, 1L << 40, long.MaxValue, long.MinValue, long.MaxValue / 4];

    /// <summary>
    /// A changed file is read, where the change is in the numbers, or refused with an <see cref="InputException"/>, within bounded memory:
    /// nothing else happens.
    /// </summary>
    public static void ReadsOrRefuses(byte[] whole, string path, Action<string> read)
    {
        for (var length = 0; length < whole.Length; length += Math.Max(1, whole.Length / 60))
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.ThrowsAny<InputException>(() => read(path));
        }

        ReadsOrRefuses(Changes(whole.Length), changes => changes.Aggregate(whole, (before, change) => change.Apply(before)), path, read);
    }

    /// <summary>The same for files that are made from the start.</summary>
    public static void ReadsOrRefuses<T>(Gen<T> gen, Func<T, byte[]> make, string path, Action<string> read)
    {
        var sizeBefore = LargestSize();
        Prop.ForAll(gen.ToArbitrary(), value =>
        {
            var bytes = make(value);
            File.WriteAllBytes(path, bytes);
            var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(path);
            }
            catch (InputException)
            {
                // As it should be. Any other exception fails the test.
            }
            var allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
            Assert.True(allocated < AllowedBytes + (AllowedForAByte * bytes.Length), $"Reading {bytes.Length} bytes took {allocated} bytes of memory.");
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(Cases));
        Assert.InRange(LargestSize() - sizeBefore, 0, AllowedGrowth);
    }

    private static Gen<List<Change>> Changes(int length)
    {
        var position = Gen.Choose(0, length - 1);
        var span = Gen.Frequency((4, Gen.Choose(1, 8)), (1, Gen.Choose(1, Math.Max(1, length / 4))));
        var edge = Gen.Elements(Edges);
        var gens = new[]
        {
            position.SelectMany(_ => Gen.Choose(0, 7), (at, bit) => new Change("flip", at, bit)),
            position.SelectMany(_ => Gen.Choose(0, 255), (at, value) => new Change("set", at, value)),
            position.SelectMany(_ => edge, (at, value) => new Change("number4", at, value)),
            position.SelectMany(_ => edge, (at, value) => new Change("number8", at, value)),
            position.SelectMany(_ => Gen.Choose(0, int.MaxValue), (at, seed) => new Change("insert", at, seed)),
            position.SelectMany(_ => span, (at, count) => new Change("delete", at, count)),
            position.SelectMany(_ => span, (at, count) => new Change("repeat", at, count)),
            position.SelectMany(_ => position, (at, other) => new Change("swap", at, other)),
            position.Select(at => new Change("cut", at, 0)),
        };
        return Gen.Choose(1, 5).SelectMany(count => Gen.Frequency(gens.Select((gen, index) => (index == gens.Length - 1 ? 1 : 4, gen)).ToArray()).ListOf(count), (_, list) => list.ToList());
    }

    private static long LargestSize()
    {
        const string status = "/proc/self/status", label = "VmPeak:";
        if (!File.Exists(status))
            return 0;
        var line = File.ReadLines(status).First(line => line.StartsWith(label, StringComparison.Ordinal));
        return long.Parse(line[label.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) << 10;
    }

    /// <summary>One change of a file; what it means is <paramref name="Kind"/>'s.</summary>
    private sealed record Change(string Kind, int At, long Value)
    {
        public byte[] Apply(byte[] bytes)
        {
            if (bytes.Length == 0)
                return bytes;
            var at = At % bytes.Length;
            var end = (int)Math.Min(bytes.Length, at + Math.Max(Value, 1));
            switch (Kind)
            {
                case "flip":
                    return With(bytes, at, [(byte)(bytes[at] ^ (1 << (int)Value))]);
                case "set":
                    return With(bytes, at, [(byte)Value]);
                case "number4":
                    return With(bytes, at, BitConverter.GetBytes((int)Value));
                case "number8":
                    return With(bytes, at, BitConverter.GetBytes(Value));
                case "insert":
                    var inserted = new byte[1 + (Value % 16)];
                    new Random((int)Value).NextBytes(inserted);
                    return [.. bytes[..at], .. inserted, .. bytes[at..]];
                case "delete":
                    return [.. bytes[..at], .. bytes[end..]];
                case "repeat":
                    return [.. bytes[..end], .. bytes[at..]];
                case "swap":
                    var (first, second) = (at, (int)(Value % bytes.Length));
                    var count = Math.Min(8, bytes.Length - Math.Max(first, second));
                    return With(With(bytes, first, bytes[second..(second + count)]), second, bytes[first..(first + count)]);
                default:
                    return bytes[..at];
            }
        }

        private static byte[] With(byte[] bytes, int at, byte[] content)
        {
            var changed = bytes.ToArray();
            content.AsSpan(0, Math.Min(content.Length, changed.Length - at)).CopyTo(changed.AsSpan(at));
            return changed;
        }
    }
}
