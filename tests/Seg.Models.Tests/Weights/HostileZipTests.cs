using System.Buffers.Binary;
using System.IO.Compression;
using Seg.Models.Weights;
using static Seg.Models.Tests.Weights.HandmadeCheckpoint;

namespace Seg.Models.Tests.Weights;

/// <summary>Zip files whose directory lies about what is in them.</summary>
public sealed class HostileZipTests : IDisposable
{
    private static readonly string OneTensor = $"{Start}{Text("a")}{Tensor(Storage(), "K\x04", "K\x01")}u.";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_zip_of_another_program_is_read()
    {
        Write(folder["x.pth"], OneTensor, 16);
        var weights = PickleFile.ReadStateDict(folder["x.pth"]);
        Assert.Equal([4], weights["a"].shape);
        weights["a"].Dispose();
    }

    [Fact]
    public void Compressed_entries_are_refused_and_not_unpacked()
    {
        Write(folder["x.pth"], CompressionLevel.Optimal, ("x/data.pkl", Bytes(OneTensor)), ("x/data/0", new byte[1 << 20]));
        Refused("'x/data.pkl' in it is compressed or encrypted, which torch.save never does");
    }

    [Fact]
    public void Entries_that_share_bytes_are_refused()
    {
        Write(folder["x.pth"], OneTensor, 16, 16);
        // The third entry's header is said to be where the second one's is.
        Damage((bytes, entries) => bytes.AsSpan(entries[1] + 42, 4).CopyTo(bytes.AsSpan(entries[2] + 42)));
        Refused("the bytes of 'x/data/1' are those of another entry too");
    }

    [Theory]
    [InlineData(42, uint.MaxValue - 1, "'x/data/0' lies outside of the file")]
    [InlineData(42, 7u, "'x/data/0' lies outside of the file")]
    [InlineData(20, 0x7fff_ffffu, "'x/data/0' lies outside of the file")]
    [InlineData(24, 0x7fff_ffffu, "compressed or encrypted")]
    [InlineData(20, uint.MaxValue, "the zip's directory is faulty")]
    [InlineData(0, 0u, "the zip's directory is faulty")]
    public void An_entry_that_is_not_where_or_as_long_as_it_says_is_refused(int field, uint value, string problem)
    {
        Write(folder["x.pth"], OneTensor, 16);
        Damage((bytes, entries) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(entries[1] + field), value));
        Refused(problem);
    }

    [Fact]
    public void A_directory_outside_of_the_file_is_refused()
    {
        Write(folder["x.pth"], OneTensor, 16);
        Damage((bytes, _) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(bytes.Length - 10), uint.MaxValue - 1));
        Refused("the zip's directory lies outside of the file");
    }

    [Fact]
    public void A_name_that_stands_twice_is_refused()
    {
        Write(folder["x.pth"], CompressionLevel.NoCompression, ("x/data.pkl", Bytes(OneTensor)), ("x/data.pkl", Bytes(OneTensor)));
        Refused("'x/data.pkl' stands twice");
    }

    [Fact]
    public void A_pickle_of_many_megabytes_is_not_read()
    {
        Write(folder["x.pth"], CompressionLevel.NoCompression, ("x/data.pkl", new byte[(64 << 20) + 1]));
        var before = GC.GetTotalAllocatedBytes();
        Refused("which no state dict needs");
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 4 << 20);
    }

    [Fact]
    public void A_zip_without_a_pickle_and_one_that_is_cut_off_are_told()
    {
        Write(folder["x.pth"], CompressionLevel.NoCompression, ("words.txt", new byte[9]));
        Refused("it is a zip without the data.pkl of a checkpoint");
        Write(folder["x.pth"], OneTensor, 16);
        File.WriteAllBytes(folder["x.pth"], File.ReadAllBytes(folder["x.pth"])[..^5]);
        Refused("the zip's directory is missing: the file is cut off");
    }

    [Fact]
    public void Big_endian_numbers_are_refused()
    {
        Write(folder["x.pth"], CompressionLevel.NoCompression, ("x/data.pkl", Bytes(OneTensor)), ("x/byteorder", "big"u8.ToArray()), ("x/data/0", new byte[16]));
        Refused("its numbers are big-endian");
    }

    private void Refused(string problem) =>
        Assert.Contains(problem, Assert.Throws<InputException>(() => PickleFile.ReadStateDict(folder["x.pth"])).Message);

    /// <summary>Changes the file, given where the entries of its directory begin.</summary>
    private void Damage(Action<byte[], int[]> change)
    {
        var bytes = File.ReadAllBytes(folder["x.pth"]);
        var entries = Enumerable.Range(0, bytes.Length - 4).Where(index => bytes.AsSpan(index).StartsWith("PK\x01\x02"u8)).ToArray();
        change(bytes, entries);
        File.WriteAllBytes(folder["x.pth"], bytes);
    }
}
