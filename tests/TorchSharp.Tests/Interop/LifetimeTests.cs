using System.Runtime.CompilerServices;
using TorchSharp.Interop;

namespace TorchSharp.Tests.Interop;

[Collection(nameof(Alone))]
public sealed class LifetimeTests
{
    [Fact]
    public void Ten_thousand_calls_leave_no_tensor_behind()
    {
        using var x = torch.randn(3, 4);
        var before = Alone.LiveTensors();
        for (var i = 0; i < 10_000; i++)
        {
            using var y = x.relu();
            using var z = y + 1;
        }
        Assert.Equal(before, NativeTensors.Live);
    }

    [Fact]
    public void Failed_calls_leave_no_tensor_behind()
    {
        using var x = torch.randn(3, 4);
        var before = Alone.LiveTensors();
        for (var i = 0; i < 100; i++)
        {
            Assert.ThrowsAny<Exception>(() => x.mm(x));
            Assert.ThrowsAny<Exception>(() => new Operator("aten::chunk").Tensor(x, 2));
            Assert.ThrowsAny<Exception>(() => new Operator("aten::relu").Boolean(x));
            new Operator("aten::sort").Invoke(x);
            new Operator("aten::chunk").Invoke(x, 2);
        }
        Assert.Equal(before, NativeTensors.Live);
    }

    [Fact]
    public void Disposing_twice_frees_once()
    {
        var before = Alone.LiveTensors();
        var x = torch.zeros(1);
        x.Dispose();
        x.Dispose();
        Assert.Equal(before, NativeTensors.Live);
    }

    [Fact]
    public void The_finalizer_frees_what_nobody_disposed()
    {
        var before = Alone.LiveTensors();
        Forget();
        Assert.Equal(before, Alone.LiveTensors());
    }

    [Fact]
    public void A_scope_that_nobody_disposed_is_finalized_with_its_tensors()
    {
        var before = Alone.LiveTensors();
        var thread = new Thread(() =>
        {
            torch.NewDisposeScope();
            Forget();
        });
        thread.Start();
        thread.Join();
        Assert.Equal(before, Alone.LiveTensors());
    }

    [Fact]
    public void Two_threads_that_dispose_the_same_tensor_free_it_once()
    {
        var before = Alone.LiveTensors();
        for (var i = 0; i < 1000; i++)
        {
            var x = torch.zeros(1);
            Parallel.Invoke(x.Dispose, x.Dispose);
        }
        Assert.Equal(before, NativeTensors.Live);
    }

    [Fact]
    public void An_alias_lives_on_when_the_first_reference_is_disposed()
    {
        var before = Alone.LiveTensors();
        var x = torch.tensor(5f);
        using (var y = x.alias())
        {
            x.Dispose();
            Assert.Equal(5f, y.item<float>());
        }
        Assert.Equal(before, NativeTensors.Live);
    }

    [Fact]
    public void A_shared_array_is_released_with_the_last_tensor_over_it()
    {
        var array = Shared(out var tensor);
        using (var view = tensor.slice(0, 1, 3, 1))
        {
            tensor.Dispose();
            GC.Collect();
            Assert.Equal(2f, view[0].item<float>());
            Assert.True(array.IsAlive);
        }
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(array.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget()
    {
        for (var i = 0; i < 100; i++)
            torch.zeros(1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Shared(out torch.Tensor tensor)
    {
        float[] array = [1, 2, 3];
        tensor = torch.from_array(array);
        return new WeakReference(array);
    }
}
