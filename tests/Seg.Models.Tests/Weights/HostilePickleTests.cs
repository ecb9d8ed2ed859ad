using Seg.Models.Weights;
using static Seg.Models.Tests.Weights.HandmadeCheckpoint;

namespace Seg.Models.Tests.Weights;

/// <summary>Pickles that would run code, take memory that the file does not account for, or never end.</summary>
public sealed class HostilePickleTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("cos\nsystem\nX\x02\0\0\0ls\x85R", "'os.system'")]
    [InlineData("c__builtin__\neval\n)R", "'__builtin__.eval'")]
    [InlineData("X\x02\0\0\0osX\x06\0\0\0system\x93)R", "'os.system'")]
    [InlineData("cnumpy.core.multiarray\n_reconstruct\n)R", "'numpy.core.multiarray._reconstruct'")]
    [InlineData("ctorch.storage\n_load_from_bytes\n)R", "'torch.storage._load_from_bytes'")]
    [InlineData("ccollections\nOrderedDict\n)\x81", "NEWOBJ")]
    [InlineData("ccollections\nOrderedDict\n)}\x92", "NEWOBJ_EX")]
    [InlineData("(ios\nsystem\n", "INST")]
    [InlineData("(cos\nsystem\no", "'os.system'")]
    [InlineData("(ccollections\nOrderedDict\no", "OBJ")]
    [InlineData("\x82\x01", "EXT")]
    [InlineData("Pstorage\n", "PERSID")]
    [InlineData("I1\n", "text")]
    [InlineData("\xff", "0xff")]
    [InlineData("N)R", "it calls (REDUCE) something that is no function")]
    [InlineData("ctorch\nFloatStorage\n)R", "it calls (REDUCE) torch.FloatStorage, which is no function")]
    [InlineData("]}b", "it gives a state (BUILD) to something that has none")]
    [InlineData("ctorch._tensor\n_rebuild_from_type_v2\n(ctorch._tensor\n_rebuild_from_type_v2\nctorch\nTensor\n)NtR", "of a class that is not known here")]
    [InlineData("NQ", "it refers to something outside of itself that is no storage")]
    [InlineData("h\x07", "it recalls value 7, which it never kept")]
    [InlineData("R", "cut off or faulty")]
    [InlineData("X\xff\xff\xff\x7f", "longer than any state dict needs")]
    [InlineData("\x8e\xff\xff\xff\xff\xff\xff\xff\xff", "cut off or faulty")]
    public void What_is_not_plain_data_is_refused_by_name(string value, string named)
    {
        Write(folder["x.pth"], $"{Start}{Text("a")}{value}u.");
        Assert.Contains(named, Refused().Message);
    }

    [Fact]
    public void A_list_that_holds_itself_is_nothing_to_stumble_over()
    {
        Write(folder["x.pth"], $"{Start}{Text("list")}]q\0h\0a{Text("dictionary")}}}q\x01(X\x04\0\0\0selfh\x01u{Text("a")}{Tensor(Storage(), "K\x04", "K\x01")}u.", 16);
        Assert.Equal(["a"], Read());
        Write(folder["y.pth"], "\x80\x02}q\0(X\n\0\0\0state_dicth\0X\x05\0\0\0modelh\0u.");
        Assert.Contains("it holds no weights, but state_dict, model", Refused("y.pth").Message);
    }

    [Fact]
    public void Nesting_has_an_end()
    {
        Write(folder["x.pth"], "\x80\x02" + new string('(', 100_000) + new string('t', 100_000) + ".");
        Assert.Contains("nested more than 1000 deep", Refused().Message);
        Write(folder["x.pth"], "\x80\x02N" + string.Concat(Enumerable.Repeat("\x85", 100_000)) + ".");
        Assert.Contains("it holds no dictionary of weights", Refused().Message);
    }

    [Fact]
    public void A_pickle_of_endless_small_values_is_cut_short()
    {
        Write(folder["x.pth"], "\x80\x02" + new string('N', 5_000_000) + ".");
        Assert.Contains("longer than any state dict needs", Refused().Message);
    }

    [Fact]
    public void A_shared_list_of_pairs_is_not_unfolded_again_and_again()
    {
        var pairs = "](" + string.Concat(Enumerable.Range(0, 10_000).Select(index => $"{Text($"{index}")}N\x86")) + "eq\0";
        var copies = string.Concat(Enumerable.Repeat("ccollections\nOrderedDict\nh\0\x85R", 1000));
        Write(folder["x.pth"], $"\x80\x02{pairs}{copies}.");
        Assert.Contains("unfolds to more than its length", Refused().Message);
    }

    [Fact]
    public void A_shared_shape_of_many_extents_is_refused_at_once()
    {
        var extents = "(" + string.Concat(Enumerable.Repeat("K\x01", 100_000)) + "tq\0";
        Write(folder["x.pth"], $"{Start}{Text("a")}{extents}0ctorch._utils\n_rebuild_tensor_v2\n({Storage()}K\0h\0h\0\x89NtRu.", 16);
        Assert.Contains("more than 16 dimensions", Refused().Message);
    }

    [Theory]
    [InlineData("K\x05", "K\x01", "'a' of shape [5] reaches beyond the 4 numbers")]
    [InlineData("J\xff\xff\xff\x7f", "K\x01", "reaches beyond the 4 numbers")]
    [InlineData("J\xff\xff\xff\xff", "K\x01", "'a' of shape [-1] reaches beyond")]
    [InlineData("K\x02", "J\xff\xff\xff\xff", "reaches beyond")]
    [InlineData("K\x02", "K\x04", "reaches beyond the 4 numbers")]
    [InlineData("J\xff\xff\xff\x7fK\0", "K\x01K\x01", "reaches beyond")]
    [InlineData("J\xff\xff\xff\x07", "K\0", "'a' repeats its 4 numbers to more than the file holds")]
    [InlineData("K\x02K\x02", "K\x01", "a tensor in it is not described as one")]
    [InlineData("N", "K\x01", "no number")]
    public void Views_beyond_their_numbers_are_refused(string shape, string strides, string problem)
    {
        Write(folder["x.pth"], $"{Start}{Text("a")}{Tensor(Storage(), shape, strides)}u.", 16);
        Assert.Contains(problem, Refused().Message);
    }

    [Theory]
    [InlineData(int.MaxValue, "storage 0 should hold 2147483647 numbers, but has 16 bytes")]
    [InlineData(5, "storage 0 should hold 5 numbers, but has 16 bytes")]
    [InlineData(-1, "storage 0 should hold -1 numbers")]
    public void Storages_that_claim_more_than_the_file_holds_take_no_memory(int count, string problem)
    {
        Write(folder["x.pth"], $"{Start}{Text("a")}{Tensor(Storage(count), "K\x01", "K\x01")}u.", 16);
        var before = GC.GetTotalAllocatedBytes();
        Assert.Contains(problem, Refused().Message);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 4 << 20);
    }

    [Fact]
    public void An_offset_that_overflows_is_refused()
    {
        Write(folder["x.pth"], $"{Start}{Text("a")}{Tensor(Storage(), "K\x01", "K\x01", offset: Long(long.MaxValue))}u.", 16);
        Assert.Contains("reaches beyond the 4 numbers", Refused().Message);
    }

    [Fact]
    public void Stored_conjugates_and_negatives_are_refused()
    {
        Write(folder["x.pth"], $"{Start}{Text("a")}{Tensor(Storage(), "K\x04", "K\x01", more: "}X\x03\0\0\0neg\x88s")}u.", 16);
        Assert.Contains("the conjugate or negative of what is stored", Refused().Message);
        Write(folder["x.pth"], $"{Start}{Text("a")}{Tensor(Storage(), "K\x04", "K\x01", more: "}X\x03\0\0\0neg\x89s")}u.", 16);
        Assert.Equal(["a"], Read());
    }

    [Fact]
    public void A_storage_has_one_type_and_one_length()
    {
        var (first, second) = (Tensor(Storage(), "K\x04", "K\x01"), Tensor(Storage(2, "torch\nDoubleStorage"), "K\x02", "K\x01"));
        Write(folder["x.pth"], $"{Start}{Text("a")}{first}{Text("b")}{second}u.", 16);
        Assert.Contains("storage 0 is described twice, each time differently", Refused().Message);
    }

    [Theory]
    [InlineData("../../secret")]
    [InlineData("/etc/passwd")]
    public void A_key_that_looks_like_a_path_is_a_key(string key)
    {
        Write(folder["x.pth"], $"{Start}{Text("a")}{Tensor(Storage(key: key), "K\x04", "K\x01")}u.", 16);
        Assert.Contains($"storage {key} is missing", Refused().Message);
    }

    [Fact]
    public void A_name_that_stands_twice_but_for_a_wrapper_is_refused()
    {
        var tensor = Tensor(Storage(), "K\x04", "K\x01");
        Write(folder["x.pth"], $"{Start}{Text("a")}{tensor}{Text("module.a")}{tensor}u.", 16);
        Assert.Contains("'a' stands in it twice, once with the prefix of a wrapper", Refused().Message);
    }

    private InputException Refused(string name = "x.pth") => Assert.Throws<InputException>(() => PickleFile.ReadStateDict(folder[name]));

    private IEnumerable<string> Read()
    {
        var weights = PickleFile.ReadStateDict(folder["x.pth"]);
        foreach (var tensor in weights.Values)
            tensor.Dispose();
        return weights.Keys;
    }
}
