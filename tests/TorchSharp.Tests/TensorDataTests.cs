using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed class TensorDataTests
{
    [Fact]
    public void Elements_are_read_and_written_in_place()
    {
        using var x = zeros(2, 3);
        var elements = x.data<float>();
        elements[1, 2] = 5;
        elements[0] = 1;
        Assert.Equal([1f, 0, 0, 0, 0, 5], x.data<float>().ToArray());
        elements.CopyFrom(new float[] { 7, 8 }, 0, 2);
        Assert.Equal([1f, 0, 7, 8, 0, 5], elements);
    }

    [Fact]
    public void A_transposed_tensor_is_read_in_the_order_of_its_own_shape()
    {
        using var x = tensor(new long[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        using var t = x.t();
        var elements = t.data<long>();
        Assert.Equal([1L, 4, 2, 5, 3, 6], elements.ToArray());
        Assert.Equal(6, elements[2, 1]);
        Assert.Equal(5, elements[3]);
        elements[2, 0] = 30;
        Assert.Equal(30, x[0, 2].item<long>());
        var part = new long[2];
        elements.CopyTo(part, 0, 3);
        Assert.Equal([5L, 30], part);
    }

    [Fact]
    public void A_position_outside_is_an_error()
    {
        using var x = zeros(2, 3);
        var elements = x.data<float>();
        Assert.Throws<IndexOutOfRangeException>(() => elements[6]);
        Assert.Throws<IndexOutOfRangeException>(() => elements[-1]);
        Assert.Throws<IndexOutOfRangeException>(() => elements[0, 3]);
        Assert.Throws<IndexOutOfRangeException>(() => elements[0, 0, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => elements.CopyTo(new float[2], 0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => elements.CopyTo(new float[2], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => elements.CopyFrom(new float[2], 0, 7));
    }

    [Fact]
    public void Elements_of_a_disposed_tensor_are_an_error()
    {
        var x = zeros(2);
        var elements = x.data<float>();
        x.Dispose();
        Assert.Throws<ObjectDisposedException>(() => elements[0]);
        Assert.Throws<ObjectDisposedException>(() => elements.ToArray());
    }

    [Fact]
    public void Another_type_than_the_tensor_s_is_an_error()
    {
        using var x = zeros(2);
        Assert.Equal("Double is not compatible with Float32", Assert.Throws<ArgumentException>(() => x.data<double>()).Message);
        Assert.Throws<ArgumentException>(() => x[0].item<int>());
        Assert.Throws<ArgumentException>(() => x.data<char>());
        Assert.Throws<ArgumentException>(() => x.item<float>());
    }

    [Fact]
    public void Bytes_are_the_memory_itself()
    {
        using var x = tensor([1, 2]);
        Assert.Equal(new byte[] { 1, 0, 0, 0, 2, 0, 0, 0 }, x.bytes.ToArray());
        x.bytes[0] = 3;
        Assert.Equal(3, x[0].item<int>());
        x.bytes = new byte[] { 9, 0, 0, 0, 8, 0, 0, 0 };
        Assert.Equal([9, 8], x.data<int>().ToArray());
        Assert.Throws<ArgumentException>(() => x.bytes = new byte[3]);
    }

    [Fact]
    public void Bytes_of_a_tensor_with_gaps_and_of_none_in_memory_are_errors()
    {
        using var x = zeros(4, 4);
        using var column = x.select(1, 0);
        Assert.Throws<InvalidOperationException>(() => column.bytes.Length);
        using var meta = zeros([2], device: META);
        Assert.Throws<InvalidOperationException>(() => meta.bytes.Length);
    }

    [Fact]
    public void Bytes_of_one_number_and_of_none()
    {
        using var one = tensor(1.5);
        Assert.Equal(BitConverter.GetBytes(1.5), one.bytes.ToArray());
        using var nothing = zeros(0, 3);
        Assert.Equal(0, nothing.bytes.Length);
        Assert.Empty(nothing.data<float>().ToArray());
    }

    [Fact]
    public void Bytes_go_through_a_stream()
    {
        using var x = arange(1000);
        using var y = zeros_like(x);
        var stream = new MemoryStream();
        x.WriteBytesToStream(stream);
        stream.Position = 0;
        y.ReadBytesFromStream(stream);
        Assert.True(x.Equals(y));
        Assert.Throws<EndOfStreamException>(() => y.ReadBytesFromStream(stream));
    }

    [Fact]
    public void Text_shows_the_elements_and_shortens_long_rows()
    {
        using var x = tensor(new float[,] { { 1, 2.5f }, { 3, 4 } });
        Assert.Equal("[2x2], type = Float32, device = cpu\n[[1, 2.5],\n [3, 4]]", x.str());
        using var row = arange(10);
        Assert.EndsWith("[0, 1, 2, ..., 7, 8, 9]", row.str());
    }

    [Theory]
    [InlineData(1.0f, 0x3F80)]
    [InlineData(1.00390625f, 0x3F80)] // halfway: to even
    [InlineData(1.01171875f, 0x3F82)] // halfway: to even
    [InlineData(float.PositiveInfinity, 0x7F80)]
    [InlineData(-0f, 0x8000)]
    public void BFloat16_rounds_as_libtorch_does(float value, int bits)
    {
        Assert.Equal(BFloat16.FromRawValue((ushort)bits).ToSingle(), new BFloat16(value).ToSingle());
        using var x = tensor([value]);
        using var y = x.bfloat16();
        Assert.Equal(y.item<BFloat16>(), new BFloat16(value));
    }

    [Fact]
    public void BFloat16_keeps_a_NaN_whose_low_bits_alone_say_so() =>
        Assert.True(BFloat16.IsNaN(new BFloat16(BitConverter.UInt32BitsToSingle(0x7F800001))));
}
