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

    [Fact]
    public void Refuses_a_file_that_would_run_code()
    {
        var error = Assert.Throws<InputException>(() => PickleFile.ReadStateDict(FileOf("checkpoint_runs_code")));
        Assert.Contains("it holds a 'posix.system', which is neither a tensor nor a plain value and is refused", error.Message);
    }

    [Fact]
    public void Says_when_there_are_no_weights() =>
        Assert.Contains("it holds no weights", Assert.Throws<InputException>(() => PickleFile.ReadStateDict(FileOf("checkpoint_without_weights"))).Message);

    [Fact]
    public void Says_when_a_file_is_something_else() =>
        Assert.Throws<InputException>(() => PickleFile.ReadStateDict(Path.Combine(SharedFiles.RepositoryRoot, "Directory.Build.props")));

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

    [Theory]
    [InlineData("checkpoint_zip")]
    [InlineData("checkpoint_legacy")]
    [InlineData("checkpoint_training")]
    public void Damaged_files_never_do_worse_than_an_input_error(string file)
    {
        using var folder = new TemporaryFolder();
        Damage.ReadsOrRefuses(File.ReadAllBytes(FileOf(file)), folder["x.pth"], path =>
        {
            foreach (var tensor in PickleFile.ReadStateDict(path).Values)
                tensor.Dispose();
        });
    }
}
