using FsCheck;
using FsCheck.Fluent;
using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Weights;
using static Seg.Models.Tests.Weights.HandmadeCheckpoint;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Weights;

/// <summary>Whatever is done to a valid file of each format, it is read or refused.</summary>
public sealed class FuzzTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("zip")]
    [InlineData("legacy")]
    [InlineData("training")]
    [InlineData("views")]
    [InlineData("views_legacy")]
    [InlineData("types")]
    [InlineData("nested")]
    [InlineData("part")]
    public void Checkpoints(string name) =>
        Fuzz.ReadsOrRefuses(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "References", $"checkpoint_{name}.pth")), folder["x.pth"], ReadCheckpoint);

    [Fact]
    public void Checkpoints_of_our_own()
    {
        using var scope = NewDisposeScope();
        PickleFile.Write(folder["w.pth"], new Dictionary<string, Tensor> { ["a"] = ones(3, 2), ["b"] = ones(5).to_type(ScalarType.Int64) });
        Fuzz.ReadsOrRefuses(File.ReadAllBytes(folder["w.pth"]), folder["x.pth"], ReadCheckpoint);
    }

    [Fact]
    public void Safetensors()
    {
        using var scope = NewDisposeScope();
        SafeTensors.Write(folder["w"], new Dictionary<string, Tensor> { ["a"] = ones(3, 2), ["b"] = ones(5).to_type(ScalarType.Int64), ["c"] = zeros(0, 2) },
            new Dictionary<string, string> { ["k"] = "v" });
        Fuzz.ReadsOrRefuses(File.ReadAllBytes(folder["w"]), folder["x"], path => SafeTensors.Read(path).Dispose());
    }

    [Fact]
    public void Model_files()
    {
        var config = new BlockModelConfig { Block = new StripPoolingConfig { InChannels = 1 } };
        using var network = NetworkFactory.Create(config);
        ModelFile.Save(folder["m.safetensors"], network, new SegmentationDescription { Model = config, Labels = new LabelSet { Names = [], Colors = [] }, InputSize = [8, 8] });
        Fuzz.ReadsOrRefuses(File.ReadAllBytes(folder["m.safetensors"]), folder["x.safetensors"], path => ModelFile.Load(path).Network.Dispose());
    }

    [Fact]
    public void Arrays()
    {
        using var values = ones(7, 3);
        NpyFile.Write(folder["w.npy"], values);
        Fuzz.ReadsOrRefuses(File.ReadAllBytes(folder["w.npy"]), folder["x.npy"], path => NpyFile.Read(path).Dispose());
    }

    /// <summary>Pickles of instructions at random, most of which are nearly those of a state dict.</summary>
    [Fact]
    public void Pickles_that_nobody_wrote()
    {
        string[] plain =
        [
            "N", "\x88", "\x89", "K\x03", "K\0", "M\x01\x01", "J\xff\xff\xff\xff", "\x8a\x09\xff\xff\xff\xff\xff\xff\xff\xff\x01", "\x8b\x02\0\0\0\x01\x02", "G@\t!\xfbTD-\x18", Text("a"), Text("state_dict"),
            Text("module.b"), "\x8c\u0001c", "\x8d\x01\0\0\0\0\0\0\0d", "U\x01\xff", "C\u0001e", "]", "}", ")", "\x8f", "(", "t", "\x91", "\x85", "\x86", "\x87", "a", "e", "s", "u", "s", "u", "\x90", "R", "R", "b", "0", "1", "2",
            "q\0", "q\x01", "r\x02\0\0\0", "\x94", "h\0", "h\x01", "j\x02\0\0\0", "Q", "\x93", "\x80\x02", "\x95\0\0\0\0\0\0\0\0",
            "ccollections\nOrderedDict\n", "ccollections\nCounter\n", "ctorch\nSize\n", "ctorch\nFloatStorage\n", "ctorch\nTensor\n", "ctorch._utils\n_rebuild_tensor_v2\n",
            "ctorch._utils\n_rebuild_parameter\n", "ctorch._tensor\n_rebuild_from_type_v2\n", "cnumpy\ndtype\n",
        ];
        var tensor = Gen.Choose(0, 4).SelectMany(_ => Gen.Choose(0, 3), (count, key) => Tensor(Storage(count, key: $"{key}"), "K\x02", "K\x01"));
        var item = Gen.Frequency((6, Gen.Elements(plain)), (1, tensor), (1, tensor.Select(value => $"{Text("x")}{value}s")));
        var program = Gen.Choose(0, 40).SelectMany(count => item.ListOf(count), (_, items) => string.Concat(items));
        Fuzz.ReadsOrRefuses(program, items => File.ReadAllBytes(Write(folder["made.pth"], $"\x80\x02}}{items}.", 16, 8, 4)), folder["x.pth"], ReadCheckpoint);
    }

    /// <summary>Views at random: each is what its definition says, number by number, or refused.</summary>
    [Fact]
    public void Views_of_any_shape_and_stride()
    {
        var small = Gen.Choose(0, 5).Select(value => (long)value);
        var number = Gen.Frequency((30, small), (1, Gen.Elements(Fuzz.Edges)));
        var dimension = number.SelectMany(_ => number, (extent, stride) => (Extent: extent, Stride: stride));
        var view = Gen.Choose(0, 4).SelectMany(count => dimension.ListOf(count), (_, list) => list.ToArray()).SelectMany(_ => number, (dimensions, offset) => (dimensions, offset));
        (long Extent, long Stride)[] dimensions = [];
        var offset = 0L;
        var (read, refused) = (0, 0);
        Fuzz.ReadsOrRefuses(view, made =>
        {
            (dimensions, offset) = made;
            var shape = string.Concat(dimensions.Select(pair => Long(pair.Extent)));
            var tensor = Tensor(Storage(24), shape, string.Concat(dimensions.Select(pair => Long(pair.Stride))), offset: Long(offset));
            byte[] numbers = [.. Enumerable.Range(0, 24).SelectMany(value => BitConverter.GetBytes((float)value))];
            return File.ReadAllBytes(Write(folder["made.pth"], System.IO.Compression.CompressionLevel.NoCompression,
                ("x/data.pkl", Bytes($"{Start}{Text("a")}{tensor}u.")), ("x/data/0", numbers)));
        }, folder["x.pth"], path =>
        {
            refused++;
            using var tensor = PickleFile.ReadStateDict(path)["a"];
            (read, refused) = (read + 1, refused - 1);
            Assert.Equal(dimensions.Select(pair => pair.Extent), tensor.shape);
            if (dimensions.Any(pair => pair.Extent > 100))
                return;   // expanded from few numbers, or empty: right, but more than this test wants to list
            Assert.Equal(Numbers(dimensions, offset), System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(tensor.bytes).ToArray());
        });
        Assert.True(read > 20 && refused > 20, $"{read} views were read and {refused} refused: too few of either to say something.");

        static IEnumerable<float> Numbers(ReadOnlySpan<(long Extent, long Stride)> dimensions, long offset)
        {
            if (dimensions.IsEmpty)
                return [offset];
            var numbers = new List<float>();
            for (var index = 0; index < dimensions[0].Extent; index++)
                numbers.AddRange(Numbers(dimensions[1..], offset + (index * dimensions[0].Stride)));
            return numbers;
        }
    }

    private static void ReadCheckpoint(string path)
    {
        foreach (var tensor in PickleFile.ReadStateDict(path).Values)
            tensor.Dispose();
    }
}
