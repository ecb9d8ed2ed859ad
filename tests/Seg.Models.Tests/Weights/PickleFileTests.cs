using Seg.Models.Weights;
using static TorchSharp.torch;

namespace Seg.Models.Tests.Weights;

public class PickleFileTests
{
    private static string FileOf(string name) => Path.Combine(AppContext.BaseDirectory, "References", $"{name}.pth");

    [Theory]
    [InlineData("checkpoint_zip")]
    [InlineData("checkpoint_legacy")]
    [InlineData("checkpoint_training")]
    [InlineData("checkpoint_nested")]
    public void Reads_what_PyTorch_wrote(string file)
    {
        using var scope = NewDisposeScope();
        var weights = PickleFile.ReadStateDict(FileOf(file));
        Assert.Equal(["a.weight", "a.transposed", "a.slice", "b.parameter", "b.bfloat16", "b.half", "b.num_batches_tracked", "b.mask", "b.empty"], weights.Keys);
        var expected = arange(6, ScalarType.Float32).reshape(2, 3) / 2;
        TensorAssert.Same(expected, weights["a.weight"]);
        TensorAssert.Same(expected.t().contiguous(), weights["a.transposed"]);
        TensorAssert.Same(tensor(new[] { 2f, 2.5f }), weights["a.slice"]);
        TensorAssert.Same(tensor(new[] { 1.5f, -2f }), weights["b.parameter"]);
        TensorAssert.Same(tensor(new[] { 1f, 3.140625f }).to_type(ScalarType.BFloat16), weights["b.bfloat16"]);
        TensorAssert.Same(tensor(new[] { 0.5f, 65504f }).to_type(ScalarType.Float16), weights["b.half"]);
        TensorAssert.Same(tensor(12345678901L), weights["b.num_batches_tracked"]);
        TensorAssert.Same(tensor(new[] { true, false, true }), weights["b.mask"]);
        Assert.Equal([0, 4], weights["b.empty"].shape);
        foreach (var tensor in weights.Values)
            tensor.Dispose();
    }

    [Theory]
    [InlineData("checkpoint_types")]
    [InlineData("checkpoint_types_legacy")]
    public void Reads_numbers_of_every_type(string file)
    {
        using var scope = NewDisposeScope();
        using var expected = tensor(new[] { 0, 1, 2, 100, 1, 0 }).reshape(2, 3);
        (string Name, ScalarType Type)[] types =
        [
            ("float64", ScalarType.Float64), ("float32", ScalarType.Float32), ("float16", ScalarType.Float16), ("bfloat16", ScalarType.BFloat16),
            ("int64", ScalarType.Int64), ("int32", ScalarType.Int32), ("int16", ScalarType.Int16), ("int8", ScalarType.Int8), ("uint8", ScalarType.Byte), ("bool", ScalarType.Bool),
        ];
        var weights = PickleFile.ReadStateDict(FileOf(file));
        Assert.Equal(types.Select(type => type.Name), weights.Keys);
        foreach (var (name, type) in types)
        {
            TensorAssert.Same(expected.to_type(type), weights[name], name);
            weights[name].Dispose();
        }
    }

    [Theory]
    [InlineData("checkpoint_views")]
    [InlineData("checkpoint_views_legacy")]
    public void Reads_every_view_of_a_storage(string file)
    {
        using var scope = NewDisposeScope();
        var weights = PickleFile.ReadStateDict(FileOf(file));
        AssertView("cube", [2, 3, 4], [.. Enumerable.Range(0, 24)]);
        AssertView("permuted", [4, 2, 3], 0, 4, 8, 12, 16, 20, 1, 5, 9, 13, 17, 21, 2, 6, 10, 14, 18, 22, 3, 7, 11, 15, 19, 23);
        AssertView("every_second", [2, 2, 2], 1, 3, 9, 11, 13, 15, 21, 23);
        AssertView("row", [4], 20, 21, 22, 23);
        AssertView("scalar", [], 7);
        AssertView("column", [2, 3, 1], 3, 7, 11, 15, 19, 23);
        AssertView("expanded", [2, 3], 5, 5, 5, 5, 5, 5);
        AssertView("windows", [4, 3], 0, 1, 2, 1, 2, 3, 2, 3, 4, 3, 4, 5);
        AssertView("none", [0]);
        AssertView("no_rows", [2, 0, 4]);

        void AssertView(string name, long[] shape, params int[] numbers)
        {
            using var view = weights[name];
            Assert.True(view.is_contiguous());
            TensorAssert.Same(tensor(numbers).to_type(ScalarType.Float32).reshape(shape), view, name);
        }
    }

    [Fact]
    public void Reads_a_part_of_a_storage_as_old_files_have_it()
    {
        using var part = PickleFile.ReadStateDict(FileOf("checkpoint_part"))["part"];
        using var expected = tensor(new[] { 3f, 4f, 5f, 6f }).reshape(2, 2);
        TensorAssert.Same(expected, part);
    }

    [Theory]
    [InlineData("runs_code", "it holds a 'posix.system', which is neither a tensor nor a plain value and is refused")]
    [InlineData("module", "it holds a 'torch.nn.modules.linear.Linear', which is neither")]
    [InlineData("sparse", "it holds a 'torch._utils._rebuild_sparse_tensor'")]
    [InlineData("complex", "it holds numbers of torch.ComplexFloatStorage, which networks here do not have; convert them (.float()) and save it again")]
    [InlineData("script", "it is a TorchScript program, not weights alone; load it in Python with torch.jit.load")]
    [InlineData("pickle", "it is a pickle, but none that torch.save wrote")]
    [InlineData("without_weights", "it holds no weights, but epoch; they are looked for at the top and under state_dict, model_state_dict,")]
    public void Refuses_by_name_what_is_no_state_dict(string file, string problem)
    {
        var error = Assert.Throws<InputException>(() => PickleFile.ReadStateDict(FileOf($"checkpoint_{file}")));
        Assert.StartsWith($"{FileOf($"checkpoint_{file}")} cannot be read as a PyTorch checkpoint: {problem}", error.Message);
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("version https://git-lfs.github.com/spec/v1\n", "it is a pointer of Git LFS")]
    [InlineData("\n<!DOCTYPE html>", "it is a web page, so the download went wrong")]
    [InlineData("\x1f\x8b\x08", "it is compressed with gzip; unpack it first")]
    [InlineData("\x89HDF\r\n", "it is an HDF5 file")]
    [InlineData("\x10\0\0\0\0\0\0\0{}", "it looks like a .safetensors file")]
    [InlineData("hello", "it is neither a zip nor does it start as a checkpoint does")]
    public void Says_what_another_file_is(string content, string problem)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["x.pth"], System.Text.Encoding.Latin1.GetBytes(content));
        Assert.Contains(problem, Assert.Throws<InputException>(() => PickleFile.ReadStateDict(folder["x.pth"])).Message);
    }

    [Fact]
    public void Says_what_to_do_with_the_tar_format_of_old()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["old"]);
        File.WriteAllBytes(folder["old/pickle"], [1]);
        System.Formats.Tar.TarFile.CreateFromDirectory(folder["old"], folder["x.pth"], includeBaseDirectory: false);
        Assert.Contains("it is a tar archive, PyTorch's format before 0.1.10; load it once with Python's torch.load and save it again",
            Assert.Throws<InputException>(() => PickleFile.ReadStateDict(folder["x.pth"])).Message);
    }

    [Fact]
    public void A_missing_file_is_told() =>
        Assert.Equal("There is no file 'none.pth'.", Assert.Throws<InputException>(() => PickleFile.ReadStateDict("none.pth")).Message);

    [ReferenceFact]
    public void Reads_the_reference_weights_to_the_byte()
    {
        using var reference = ReferenceCase.Shared("seg_hrnet_small");
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        foreach (var (key, tensor) in reference.Weights)
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(key));
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"torch.{tensor.dtype.ToString().ToLowerInvariant()}"));
            hash.AppendData(tensor.bytes);
        }
        Assert.Equal(reference.Description.GetProperty("weights_sha256").GetString(), Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
