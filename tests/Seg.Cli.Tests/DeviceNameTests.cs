using Seg.Cli.Options;
using Seg.Models;
using TorchSharp;

namespace Seg.Cli.Tests;

public class DeviceNameTests
{
    [Theory]
    [InlineData(null, 0, 0, "cpu")]
    [InlineData("auto", 0, 0, "cpu")]
    [InlineData("auto", 0, 2, "cuda:0")]
    [InlineData("auto", 3, 2, "cuda:1")]
    [InlineData("cpu", 0, 1, "cpu")]
    [InlineData("cuda", 0, 1, "cuda:0")]
    [InlineData("cuda", 1, 2, "cuda:1")]
    [InlineData("cuda:7", 0, 8, "cuda:7")]
    public void A_name_is_a_device(string? name, int localRank, int gpus, string device) =>
        Assert.Equal(device, DeviceName.Find(name, localRank, gpus).ToString());

    [Theory]
    [InlineData("cuda", 0, 0, $"--device is 'cuda', but libtorch ")]
    [InlineData("cuda:0", 0, 0, "sees no GPU: it is built without CUDA, or no NVIDIA driver runs. Use --device cpu, or a libtorch with CUDA (LIBTORCH_USE_PYTORCH=1, see docs/gpu.md).")]
    [InlineData("cuda:7", 0, 1, "--device is 'cuda:7', but this machine has 1 GPU; use cuda:0.")]
    [InlineData("cuda:7", 0, 4, "--device is 'cuda:7', but this machine has 4 GPUs; use cuda:0 to cuda:3.")]
    [InlineData("cuda", 2, 2, "This is process 3 of this machine, which has 2 GPUs: start at most one process for each GPU.")]
    [InlineData("cuda:-1", 0, 1, "--device is 'cuda:-1'; it can be auto, cpu, cuda or cuda:N.")]
    [InlineData("cuda:+1", 0, 2, "--device is 'cuda:+1'; it can be")]
    [InlineData("cuda:one", 0, 0, "--device is 'cuda:one'; it can be")]
    [InlineData("gpu", 0, 0, "--device is 'gpu'; it can be")]
    public void A_device_that_is_not_there_is_told_with_what_to_do(string name, int localRank, int gpus, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => DeviceName.Find(name, localRank, gpus)).Message, StringComparison.Ordinal);

    [Fact]
    public void Without_a_GPU_a_command_says_so_and_does_nothing()
    {
        if (torch.cuda.is_available())
            return;
        foreach (var command in new[] { "bench", "check-device" })
            CommandRun.Of([command, .. command == "bench" ? new[] { "seg_hrnet_w18s" } : [], "--device", "cuda"]).Refused(exitCode: 2, "sees no GPU");
    }
}
