using System.Runtime.InteropServices;

namespace TorchSharp.Tests;

public sealed class AutogradTests
{
    [Fact]
    public void The_gradient_of_a_square_is_twice_the_number()
    {
        using var x = torch.tensor([1f, -2f, 3f], requires_grad: true);
        using var y = (x * x).sum();
        y.backward();
        using var gradient = x.grad;
        Assert.Equal([2f, -4f, 6f], gradient!.data<float>().ToArray());
    }

    [Fact]
    public void Gradients_accumulate_until_they_are_dropped()
    {
        using var x = torch.tensor([1f], requires_grad: true);
        for (var i = 0; i < 2; i++)
        {
            using var y = (3 * x).sum();
            y.backward();
        }
        using var twice = x.grad;
        Assert.Equal(6f, twice!.item<float>());
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void Gradients_by_inputs_leave_the_leaves_alone()
    {
        using var a = torch.tensor([2f], requires_grad: true);
        using var b = torch.tensor([5f], requires_grad: true);
        using var product = a * b;
        var gradients = torch.autograd.grad([product], [a, b]);
        Assert.Equal(5f, gradients[0].item<float>());
        Assert.Equal(2f, gradients[1].item<float>());
        Assert.Null(a.grad);
    }

    [Fact]
    public void An_unused_input_is_an_error_or_null()
    {
        using var a = torch.tensor([2f], requires_grad: true);
        using var b = torch.tensor([5f], requires_grad: true);
        using var y = a * 2;
        Assert.Throws<ExternalException>(() => torch.autograd.grad([y], [b], retain_graph: true));
        Assert.Null(torch.autograd.grad([y], [b], allow_unused: true)[0]);
    }

    [Fact]
    public void A_second_derivative_needs_a_recorded_first_one()
    {
        using var x = torch.tensor([3f], requires_grad: true);
        using var y = x.pow(3);
        var first = torch.autograd.grad([y], [x], create_graph: true)[0];
        var second = torch.autograd.grad([first], [x])[0];
        Assert.Equal(27f, first.item<float>());
        Assert.Equal(18f, second.item<float>());
    }

    [Fact]
    public void Backward_twice_over_the_same_graph_fails_with_libtorch_s_text()
    {
        using var x = torch.tensor([3f], requires_grad: true);
        using var y = x.pow(2);
        y.backward();
        Assert.Contains("backward through the graph a second time", Assert.Throws<ExternalException>(() => y.backward()).Message);
    }

    [Fact]
    public void Backward_of_what_was_not_recorded_fails()
    {
        using var x = torch.tensor([3f]);
        Assert.Contains("does not require grad", Assert.Throws<ExternalException>(() => x.backward()).Message);
        using var ids = torch.tensor([3L]);
        Assert.Throws<ExternalException>(() => ids.requires_grad = true);
    }

    [Fact]
    public void A_gradient_of_another_shape_or_type_cannot_be_set()
    {
        using var x = torch.zeros([2], requires_grad: true);
        using var wrongShape = torch.zeros(3);
        using var wrongType = torch.zeros([2], torch.float64);
        Assert.Contains("shape [3] does not fit", Assert.Throws<ExternalException>(() => x.grad = wrongShape).Message);
        Assert.Contains("does not fit a tensor of type", Assert.Throws<ExternalException>(() => x.grad = wrongType).Message);
    }

    [Fact]
    public void No_grad_and_inference_mode_record_nothing_and_end_with_their_scope()
    {
        using var x = torch.tensor([3f], requires_grad: true);
        using (torch.no_grad())
        {
            Assert.False(torch.is_grad_enabled());
            using var y = x * 2;
            Assert.False(y.requires_grad);
            using (torch.enable_grad())
            {
                using var z = x * 2;
                Assert.True(z.requires_grad);
            }
            Assert.False(torch.is_grad_enabled());
        }
        using (torch.inference_mode())
        {
            Assert.True(torch.is_inference_mode_enabled());
            using var y = x * 2;
            Assert.False(y.requires_grad);
        }
        Assert.False(torch.is_inference_mode_enabled());
        Assert.True(torch.is_grad_enabled());
    }

    [Fact]
    public void Inference_mode_cannot_be_left_on_another_thread()
    {
        using var mode = torch.inference_mode();
        Exception? error = null;
        var thread = new Thread(() => error = Record.Exception(mode.Dispose));
        thread.Start();
        thread.Join();
        Assert.IsType<InvalidOperationException>(error);
        Assert.True(torch.is_inference_mode_enabled());
    }

    [Fact]
    public void A_detached_tensor_shares_memory_but_no_graph()
    {
        using var x = torch.tensor([3f], requires_grad: true);
        using var y = x.detach();
        Assert.False(y.requires_grad);
        y.fill_(4);
        Assert.Equal(4f, x.item<float>());
    }

    [Fact]
    public void The_gradient_of_a_middle_result_is_kept_when_asked()
    {
        using var x = torch.tensor([3f], requires_grad: true);
        using var middle = x * 2;
        middle.retain_grad();
        Assert.False(middle.is_leaf);
        using var y = middle * 5;
        y.backward();
        using var gradient = middle.grad;
        Assert.Equal(5f, gradient!.item<float>());
    }
}
