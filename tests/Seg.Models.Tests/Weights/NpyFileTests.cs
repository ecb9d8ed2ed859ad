using System.Text;
using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Weights;

public sealed class NpyFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_type_and_shape_survives()
    {
        using var scope = NewDisposeScope();
        ScalarType[] types = [ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.Int64, ScalarType.Int32, ScalarType.Int16,
            ScalarType.Int8, ScalarType.Byte, ScalarType.Bool];
        long[][] shapes = [[], [4], [2, 3], [0, 5], [2, 1, 3, 2]];
        foreach (var type in types)
        {
            foreach (var shape in shapes)
            {
                var tensor = (rand(shape) * 100).to_type(type);
                NpyFile.Write(folder["x.npy"], tensor);
                TensorAssert.Same(tensor, NpyFile.Read(folder["x.npy"]), $"{type} [{string.Join(", ", shape)}]");
            }
        }
    }

    [Fact]
    public void Writes_the_bytes_that_NumPy_writes()
    {
        using var values = tensor(new[] { 1f, 2f, 3f });
        NpyFile.Write(folder["x.npy"], values);
        var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }".PadRight(117) + "\n";
        byte[] expected = [0x93, .. "NUMPY\x01\0v\0"u8, .. Encoding.ASCII.GetBytes(header), .. values.bytes];
        Assert.Equal(expected, File.ReadAllBytes(folder["x.npy"]));
    }

    [Fact]
    public void Reads_column_major_arrays()
    {
        var header = "{'descr': '<i4', 'fortran_order': True, 'shape': (2, 3), }".PadRight(117) + "\n";
        byte[] numbers = [.. new[] { 0, 10, 1, 11, 2, 12 }.SelectMany(BitConverter.GetBytes)];
        File.WriteAllBytes(folder["x.npy"], [0x93, .. "NUMPY\x01\0v\0"u8, .. Encoding.ASCII.GetBytes(header), .. numbers]);
        using var scope = NewDisposeScope();
        TensorAssert.Same(tensor(new[] { 0, 1, 2, 10, 11, 12 }).reshape(2, 3), NpyFile.Read(folder["x.npy"]));
    }

    [Fact]
    public void Writes_bfloat16_as_float32()
    {
        using var scope = NewDisposeScope();
        var values = tensor(new[] { 1f, 3.140625f });
        NpyFile.Write(folder["x.npy"], values.to_type(ScalarType.BFloat16));
        TensorAssert.Same(values, NpyFile.Read(folder["x.npy"]));
    }
}
