using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed class TensorCreationTests
{
    [Fact]
    public void Shape_type_and_device_are_as_asked()
    {
        using var x = zeros([2, 3], dtype: float64);
        Assert.Equal([2L, 3], x.shape);
        Assert.Equal(2, x.ndim);
        Assert.Equal(6, x.numel());
        Assert.Equal(8, x.ElementSize);
        Assert.Equal(float64, x.dtype);
        Assert.Equal("cpu", x.device.ToString());
        Assert.Equal([3L, 1], x.stride());
        Assert.Equal("[2x3], type = Float64, device = cpu", x.ToString());
    }

    [Fact]
    public void Factories_fill_with_what_they_are_named_for()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([1f, 1f], ones(2).data<float>().ToArray());
        Assert.Equal([2.5f, 2.5f], full(2, 2.5).data<float>().ToArray());
        Assert.Equal([7L], full(1, 7).data<long>().ToArray());
        Assert.Equal([0L, 1, 2], arange(3).data<long>().ToArray());
        Assert.Equal([1f, 1.5f], arange(1, 2, 0.5).data<float>().ToArray());
        Assert.Equal([0f, 0.5f, 1f], linspace(0, 1, 3).data<float>().ToArray());
        Assert.Equal([1f, 0, 0, 1], eye(2).data<float>().ToArray());
        Assert.Equal(ScalarType.BFloat16, ones_like(zeros([2], bfloat16)).dtype);
        Assert.Equal([0L, 1, 2, 3], randperm(4).sort().Values.data<long>().ToArray());
        var drawn = randint(3, 5, [1000]);
        Assert.Equal((3, 4), (drawn.min().item<long>(), drawn.max().item<long>()));
    }

    [Fact]
    public void Every_C_sharp_number_goes_in_and_comes_out()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([1.5f], tensor([1.5f]).data<float>().ToArray());
        Assert.Equal([1.5], tensor([1.5]).data<double>().ToArray());
        Assert.Equal([1L << 40], tensor([1L << 40]).data<long>().ToArray());
        Assert.Equal([-3], tensor([-3]).data<int>().ToArray());
        Assert.Equal([(short)-3], tensor(new short[] { -3 }).data<short>().ToArray());
        Assert.Equal([(sbyte)-3], tensor(new sbyte[] { -3 }).data<sbyte>().ToArray());
        Assert.Equal([(byte)200], tensor(new byte[] { 200 }).data<byte>().ToArray());
        Assert.Equal([true, false], tensor([true, false]).data<bool>().ToArray());
        Assert.Equal([(Half)1.5f], tensor([(Half)1.5f]).data<Half>().ToArray());
        Assert.Equal([(BFloat16)1.5f], tensor([(BFloat16)1.5f]).data<BFloat16>().ToArray());
        Assert.Equal(4.0, tensor(4).ToDouble());
        Assert.Equal(1.5f, (float)tensor([(BFloat16)1.5f]));
    }

    [Fact]
    public void Arrays_of_several_dimensions_keep_their_shape()
    {
        using var x = tensor(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        Assert.Equal([2L, 3], x.shape);
        Assert.Equal(6f, x[1, 2].item<float>());
        Assert.Equal(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }, x.data<float>().ToNDArray());
        using var shaped = tensor([1f, 2, 3, 4], [2, 2], dtype: float64);
        Assert.Equal([2L, 2], shaped.shape);
        Assert.Equal(float64, shaped.dtype);
    }

    [Fact]
    public void A_shape_of_more_elements_than_there_are_is_an_error() =>
        Assert.Throws<ArgumentException>(() => tensor([1f, 2f], [3]));

    [Fact]
    public void Tensor_copies_an_array_and_from_array_shares_it()
    {
        float[] numbers = [1, 2];
        using var copied = tensor(numbers);
        using var shared = from_array(numbers);
        using var part = frombuffer(numbers, float32, offset: 1);
        numbers[1] = 9;
        Assert.Equal(2f, copied[1].item<float>());
        Assert.Equal(9f, shared[1].item<float>());
        Assert.Equal([9f], part.data<float>().ToArray());
        shared.fill_(4);
        Assert.Equal([4f, 4f], numbers);
    }

    [Fact]
    public void Elements_that_no_tensor_holds_are_an_error()
    {
        Assert.Throws<NotSupportedException>(() => from_array(new[] { "text" }));
        Assert.Throws<ArgumentException>(() => frombuffer(new float[2], float32, offset: 2));
        Assert.Throws<IndexOutOfRangeException>(() => frombuffer(new float[2], float32, count: 3));
    }

    [Fact]
    public void A_negative_size_and_a_size_beyond_memory_are_errors()
    {
        Assert.Throws<ExternalException>(() => zeros(-1));
        Assert.Throws<ExternalException>(() => zeros(1L << 60));
        Assert.Throws<ExternalException>(() => empty(1L << 45));
    }

    [Theory]
    [InlineData("cpu", DeviceType.CPU, -1)]
    [InlineData("cuda:1", DeviceType.CUDA, 1)]
    [InlineData("CUDA", DeviceType.CUDA, -1)]
    public void A_device_is_read_from_its_name(string text, DeviceType type, int index)
    {
        var device = torch.device(text);
        Assert.Equal((type, index), (device.type, device.index));
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:x")]
    [InlineData("cuda:1:2")]
    [InlineData("1")]
    [InlineData("")]
    public void A_text_that_is_no_device_is_an_error(string text) => Assert.Throws<ArgumentException>(() => torch.device(text));

    [Fact]
    public void A_missing_graphics_card_is_an_error_and_never_a_crash()
    {
        if (cuda.is_available())
            return;
        Assert.Equal(0, cuda.device_count());
        Assert.False(cuda.is_cudnn_available());
        Assert.Throws<ExternalException>(() => zeros([1], device: CUDA));
        Assert.Throws<ExternalException>(() => ones(1).cuda());
        Assert.Throws<ExternalException>(() => cuda.synchronize());
        Assert.Throws<ExternalException>(() => cuda.manual_seed(1));
        Assert.Throws<NotSupportedException>(() => InitializeDeviceType(DeviceType.CUDA));
    }
}
