using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp.Tests.Interop;

/// <summary>How the native operator stands in libtorch's dispatcher; what it computes is tested with the models.</summary>
[Collection(nameof(Alone))]
public sealed class LocalRelationTests
{
    private static readonly Operator LocalRelation = new("seg::local_relation");

    [Fact]
    public void Is_there_for_the_CPU()
    {
        Assert.True(new Operator("seg::has_local_relation").Boolean(torch.CPU));
    }

    [Fact]
    public void Autocast_takes_maps_in_its_type_and_gradients_come_back_in_theirs()
    {
        using var scope = torch.NewDisposeScope();
        var inputs = Inputs();
        torch.Tensor result;
        using (Autocast.Enable(DeviceType.CPU, torch.bfloat16))
            result = Run(inputs);
        Assert.Equal(torch.bfloat16, result.dtype);
        result.sum().backward();
        Assert.All(inputs, input => Assert.Equal(torch.float32, input.grad!.dtype));
    }

    [Fact]
    public void Meta_tensors_give_the_shape_without_computing()
    {
        using var scope = torch.NewDisposeScope();
        var result = Run([.. Inputs().Select(input => input.detach().to(new torch.Device("meta")))], stride: 2);
        Assert.Equal([2L, 4, 3, 4], result.shape);
        Assert.Equal(DeviceType.META, result.device_type);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        using var scope = torch.NewDisposeScope();
        var threads = torch.get_num_threads();
        try
        {
            torch.set_num_threads(1);
            var alone = Results();
            torch.set_num_threads(4);
            Assert.All(alone.Zip(Results()), pair => Assert.True(pair.First.bytes.SequenceEqual(pair.Second.bytes)));
        }
        finally
        {
            torch.set_num_threads(threads);
        }

        static torch.Tensor[] Results()
        {
            torch.random.manual_seed(1);
            var inputs = Inputs(height: 40, width: 9);
            var result = Run(inputs);
            result.square().sum().backward();
            return [result.detach(), .. inputs.Select(input => input.grad!)];
        }
    }

    [Fact]
    public void Gives_gradients_to_those_alone_that_want_them()
    {
        using var scope = torch.NewDisposeScope();
        var inputs = Inputs();
        inputs[0].requires_grad = false;
        inputs[3].requires_grad = false;
        Run(inputs).sum().backward();
        Assert.Null(inputs[0].grad);
        Assert.NotNull(inputs[1].grad);
        Assert.NotNull(inputs[2].grad);
        Assert.Null(inputs[3].grad);
    }

    [Fact]
    public void A_second_derivative_is_refused_instead_of_being_zero()
    {
        using var scope = torch.NewDisposeScope();
        var inputs = Inputs();
        var gradient = torch.autograd.grad([Run(inputs).square().sum()], [inputs[1]], create_graph: true)[0];
        var error = Assert.ThrowsAny<Exception>(() => gradient.sum().backward());
        Assert.Contains("local_relation has no second derivative", error.Message);
    }

    [Theory]
    [InlineData(0, new long[] { 2, 5, 6, 7 }, "the value's 5 channels must be a multiple of the key's 2")]
    [InlineData(1, new long[] { 2, 2, 6, 8 }, "key must be of shape (2, E, 6, 7)")]
    [InlineData(2, new long[] { 2, 1, 6, 7 }, "query must be of the key's shape")]
    [InlineData(3, new long[] { 2, 3, 5 }, "prior must be of shape (2, 3, 3)")]
    public void An_argument_that_does_not_fit_is_named(int argument, long[] shape, string message)
    {
        using var scope = torch.NewDisposeScope();
        var inputs = Inputs();
        inputs[argument] = torch.zeros(shape);
        var error = Assert.Throws<ExternalException>(() => Run(inputs));
        Assert.Contains(message, error.Message);
    }

    [Theory]
    [InlineData(0, 1, 1, "kernel is 0")]
    [InlineData(3, 0, 1, "stride is 0")]
    [InlineData(3, 1, -1, "padding is -1")]
    [InlineData(9, 1, 1, "is smaller than one window of 9 x 9")]
    public void A_window_that_cannot_be_is_refused(int kernel, int stride, int padding, string message)
    {
        using var scope = torch.NewDisposeScope();
        var inputs = Inputs();
        var error = Assert.Throws<ExternalException>(() => LocalRelation.Tensor(inputs[0], inputs[1], inputs[2], (torch.Tensor?)null, kernel, stride, padding, 0));
        Assert.Contains(message, error.Message);
    }

    private static torch.Tensor Run(torch.Tensor[] inputs, int stride = 1) =>
        LocalRelation.Tensor(inputs[0], inputs[1], inputs[2], inputs[3], 3, stride, 1, 0);

    /// <summary>Value, key, query and prior of 2 samples, 4 channels and 2 groups; leaves.</summary>
    private static torch.Tensor[] Inputs(long height = 6, long width = 7) =>
    [
        torch.randn([2, 4, height, width], requires_grad: true),
        torch.randn([2, 2, height, width], requires_grad: true),
        torch.randn([2, 2, height, width], requires_grad: true),
        torch.randn([2, 3, 3], requires_grad: true),
    ];
}
