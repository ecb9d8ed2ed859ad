using System.Runtime.InteropServices;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Interop;

[Collection(nameof(Alone))]
public sealed class DeviceCopyTests
{
    [Fact]
    public void Copies_have_the_values_types_and_layout_of_their_sources_and_outlive_the_copying()
    {
        using var scope = NewDisposeScope();
        var image = rand(2, 5, 7, 3).permute(0, 3, 1, 2);
        var labels = arange(70, ScalarType.Byte).view(2, 5, 7);
        Tensor[] copies;
        using (var copy = DeviceCopy.Start([image, labels], CPU))
            copies = copy.Wait();
        Assert.Equal(image.stride(), copies[0].stride());
        Assert.True(copies[0].eq(image).all().item<bool>());
        Assert.True(copies[1].eq(labels).all().item<bool>());
        Assert.Equal(ScalarType.Byte, copies[1].dtype);
        image.fill_(0);
        Assert.True(copies[0].sum().item<float>() > 0);
        foreach (var tensor in copies)
            tensor.Dispose();
    }

    [Fact]
    public void A_copy_that_nobody_waits_for_frees_its_tensors()
    {
        using var source = rand(4);
        var before = NativeTensors.Live;
        DeviceCopy.Start([source], CPU).Dispose();
        Assert.Equal(before, NativeTensors.Live);
    }

    [Fact]
    public void A_copy_to_a_device_that_is_not_there_is_an_error()
    {
        using var source = rand(4);
        if (!cuda.is_available())
            Assert.Throws<ExternalException>(() => DeviceCopy.Start([source], CUDA));
    }

    [Fact]
    public void TF32_is_switched_for_products_and_convolutions_apart()
    {
        var (matmul, cudnn) = (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32);
        try
        {
            (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32) = (true, false);
            Assert.True(backends.cuda.matmul.allow_tf32);
            Assert.False(backends.cudnn.allow_tf32);
            (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32) = (false, true);
            Assert.False(backends.cuda.matmul.allow_tf32);
            Assert.True(backends.cudnn.allow_tf32);
        }
        finally
        {
            (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32) = (matmul, cudnn);
        }
    }
}
