using System.Text;
using FsCheck.Fluent;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Weights;

public sealed class SafeTensorsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_type_shape_and_layout_survives_in_order()
    {
        using var scope = NewDisposeScope();
        ScalarType[] types = [ScalarType.Byte, ScalarType.Float64, ScalarType.Bool, ScalarType.Float16, ScalarType.Int64, ScalarType.BFloat16,
            ScalarType.Int32, ScalarType.Float32, ScalarType.Int16, ScalarType.Int8];
        var tensors = types.ToDictionary(type => $"of.{type}", type => (rand([3, 2]) * 100).to_type(type));
        tensors["transposed"] = arange(6, ScalarType.Float32).reshape(2, 3).t();
        tensors["scalar"] = tensor(12345678901L);
        tensors["empty"] = empty([0, 3]);
        var metadata = new Dictionary<string, string> { ["a"] = "ü \"quoted\"\n", ["b"] = "" };

        SafeTensors.Write(folder["x.safetensors"], tensors, metadata);
        using var file = SafeTensors.Read(folder["x.safetensors"]);

        Assert.Equal(tensors.Keys, file.Tensors.Keys);
        foreach (var (name, tensor) in tensors)
            TensorAssert.Same(tensor, file.Tensors[name], name);
        Assert.Equal(metadata, file.Metadata);
        Assert.Equal(metadata, SafeTensors.ReadMetadata(folder["x.safetensors"]));
        Assert.False(File.Exists(folder["x.safetensors.tmp"]));
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "'a' of shape [2] does not take 4 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", "the bytes of 'a' lie outside of the file")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "'a' of shape [-1] does not take 4 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", "does not take 0 bytes")]
    [InlineData("""{"a":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}""", "'a' is of type F31, which is not known here")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", "the bytes of 'b' overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "'a' stands twice")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", "its header cannot be understood")]
    [InlineData("""{"a":3}""", "its header cannot be understood")]
    [InlineData("""[1, 2]""", "its header cannot be understood")]
    [InlineData("""{"a":""", "its header cannot be understood")]
    public void Faulty_headers_are_told(string header, string problem)
    {
        var text = Encoding.UTF8.GetBytes(header);
        File.WriteAllBytes(folder["x.safetensors"], [.. BitConverter.GetBytes((long)text.Length), .. text, .. new byte[8]]);
        var error = Assert.Throws<InputException>(() => SafeTensors.Read(folder["x.safetensors"]));
        Assert.StartsWith($"{folder["x.safetensors"]} is no whole .safetensors file: ", error.Message);
        Assert.Contains(problem, error.Message);
    }

    [Fact]
    public void What_is_no_such_file_is_told()
    {
        folder.Write("net.yaml", "model: { type: segmentation }");
        Assert.Equal($"There is no file '{folder["none"]}'.", Fault("none"));
        Assert.Equal($"'{folder.Root}/' is a folder, not a .safetensors file.", Fault(""));
        Assert.Equal($"'{folder["net.yaml"]}' is no trained model, which is a .safetensors file such as runs/NAME/best.safetensors.", Fault("net.yaml"));

        string Fault(string name) => Assert.Throws<InputException>(() => SafeTensors.Read($"{folder.Root}/{name}")).Message;
    }
}
