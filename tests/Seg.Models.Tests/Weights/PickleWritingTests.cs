using System.IO.Compression;
using System.Text;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Weights;

public sealed class PickleWritingTests : IDisposable
{
    private static readonly ScalarType[] Types =
    [
        ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64, ScalarType.Int32, ScalarType.Int16, ScalarType.Int8,
        ScalarType.Byte, ScalarType.Bool,
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_was_written_is_read_again()
    {
        using var scope = NewDisposeScope();
        var tensors = Tensors();
        PickleFile.Write(folder["x.pth"], tensors);
        var read = PickleFile.ReadStateDict(folder["x.pth"]);
        Assert.Equal(tensors.Keys, read.Keys);
        foreach (var (name, tensor) in tensors)
        {
            TensorAssert.Same(tensor, read[name], name);
            read[name].Dispose();
        }
        Assert.Equal([folder["x.pth"]], Directory.GetFiles(folder.Root));
    }

    [PythonFact]
    public void Python_reads_it_without_running_code()
    {
        using var scope = NewDisposeScope();
        PickleFile.Write(folder["x.pth"], Tensors());
        var program = $$"""
            import torch, inspect
            only = {"weights_only": True} if "weights_only" in inspect.signature(torch.load).parameters else {}
            for name, tensor in torch.load("{{folder["x.pth"]}}", **only).items():
                print(name, str(tensor.dtype).split(".")[1], list(tensor.shape), [float(number) for number in tensor.flatten()])
            """;
        var (exitCode, output) = PythonFactAttribute.Run(PythonFactAttribute.Python!, program);
        Assert.True(exitCode == 0, output);
        var expected = new StringBuilder();
        foreach (var (name, tensor) in Tensors())
        {
            var type = tensor.dtype == ScalarType.Byte ? "uint8" : tensor.dtype.ToString().ToLowerInvariant();
            var numbers = tensor.to_type(ScalarType.Float64).contiguous().data<double>().ToArray();
            expected.AppendLine($"{name} {type} [{string.Join(", ", tensor.shape)}] [{string.Join(", ", numbers.Select(number => $"{number:0.0###############}"))}]");
        }
        Assert.Equal(expected.ToString(), output);
    }

    [Fact]
    public void Every_entry_begins_at_a_multiple_of_64_and_its_sum_is_right()
    {
        using var scope = NewDisposeScope();
        PickleFile.Write(folder["x.pth"], Tensors());
        var bytes = File.ReadAllBytes(folder["x.pth"]);
        var starts = Enumerable.Range(0, bytes.Length - 30).Where(index => bytes.AsSpan(index).StartsWith("PK\x03\x04"u8))
            .Select(index => index + 30 + BitConverter.ToUInt16(bytes, index + 26) + BitConverter.ToUInt16(bytes, index + 28));
        Assert.All(starts, start => Assert.Equal(0, start % 64));
        using var zip = ZipFile.OpenRead(folder["x.pth"]);
        foreach (var entry in zip.Entries)
        {
            using var content = new MemoryStream();
            using (var stored = entry.Open())
                stored.CopyTo(content);   // .NET compares the sum
            Assert.Equal(entry.Length, content.Length);
            Assert.Equal(Sum(content.ToArray()), entry.Crc32);
        }
    }

    [Fact]
    public void Shared_numbers_are_written_once_and_read_as_shared()
    {
        using var scope = NewDisposeScope();
        var large = rand(100, 100);
        PickleFile.Write(folder["x.pth"], new Dictionary<string, Tensor> { ["part"] = large[0], ["a"] = large, ["again"] = large.view(10000), ["other"] = rand(7) });
        Assert.InRange(new FileInfo(folder["x.pth"]).Length, 40_000, 43_000);
        var read = PickleFile.ReadStateDict(folder["x.pth"]);
        TensorAssert.Same(large, read["a"]);
        TensorAssert.Same(large[0], read["part"]);
        read["a"].fill_(7);
        Assert.Equal(7, read["again"][9999].item<float>());
        Assert.Equal(7, read["part"][0].item<float>());
        foreach (var tensor in read.Values)
            tensor.Dispose();
    }

    [Fact]
    public void A_type_that_the_format_does_not_know_here_is_told_and_nothing_is_written()
    {
        using var complex = zeros([2], ScalarType.ComplexFloat32);
        var tensors = new Dictionary<string, Tensor> { ["a"] = complex };
        Assert.Contains("do not hold tensors of ComplexFloat32", Assert.Throws<InputException>(() => WeightFile.Write(folder["x.pth"], tensors)).Message);
        Assert.Contains("does not say in which format to write; end it in .safetensors or .pth or .pt",
            Assert.Throws<InputException>(() => WeightFile.Write(folder["x.onnx"], tensors)).Message);
        Assert.Empty(Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void So_many_tensors_that_a_zip_would_need_more_are_refused()
    {
        using var none = empty(0);
        var tensors = Enumerable.Range(0, 65_536).ToDictionary(index => $"{index}", _ => none);
        Assert.Contains("write a .safetensors file", Assert.Throws<InputException>(() => WeightFile.Write(folder["x.pth"], tensors)).Message);
        Assert.Empty(Directory.GetFiles(folder.Root));
    }

    private static OrderedDictionary<string, Tensor> Tensors()
    {
        var tensors = new OrderedDictionary<string, Tensor>();
        foreach (var type in Types)
            tensors.Add($"layer.{type}", tensor(new[] { 0, 1, 2, 100, 1, 0 }).reshape(2, 3).to_type(type));
        tensors.Add("transposed", arange(6, ScalarType.Float32).reshape(2, 3).t());
        tensors.Add("scalar", tensor(12345678901L));
        tensors.Add("none", empty([0, 3]));
        tensors.Add("long", arange(300, ScalarType.Float32));
        tensors.Add("ü", ones(1));
        return tensors;
    }

    private static uint Sum(byte[] bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum >> 1) ^ ((sum & 1) * 0xedb88320);
        }
        return ~sum;
    }
}
