using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp.Tests.Interop;

public sealed class AutocastTests
{
    [Fact]
    public void Eligible_operators_give_bfloat16_inside_the_scope_and_float32_after_it()
    {
        using var x = torch.randn(4, 4);
        using (Autocast.Enable(DeviceType.CPU, torch.bfloat16))
        {
            Assert.True(Autocast.IsEnabled(DeviceType.CPU));
            using var inside = x.mm(x);
            Assert.Equal(torch.bfloat16, inside.dtype);
            using (Autocast.Disable(DeviceType.CPU))
            {
                using var exempt = x.mm(x);
                Assert.Equal(torch.float32, exempt.dtype);
            }
            using var again = x.mm(x);
            Assert.Equal(torch.bfloat16, again.dtype);
        }
        Assert.False(Autocast.IsEnabled(DeviceType.CPU));
        using var after = x.mm(x);
        Assert.Equal(torch.float32, after.dtype);
    }

    [Fact]
    public void Cached_casts_of_weights_do_not_outlive_the_scope()
    {
        using var x = torch.ones(2, 2);
        using var weight = torch.ones(2, 2, requires_grad: true);
        using (Autocast.Enable(DeviceType.CPU, torch.bfloat16))
        {
            using var first = x.mm(weight);
        }
        using (torch.no_grad())
            weight.fill_(3);
        using (Autocast.Enable(DeviceType.CPU, torch.bfloat16))
        {
            using var second = x.mm(weight);
            Assert.Equal(6f, (float)second[0, 0].item<BFloat16>());
        }
    }

    [Fact]
    public void Holds_for_its_own_thread_only()
    {
        using (Autocast.Enable(DeviceType.CPU, torch.bfloat16))
        {
            var elsewhere = true;
            var thread = new Thread(() => elsewhere = Autocast.IsEnabled(DeviceType.CPU));
            thread.Start();
            thread.Join();
            Assert.False(elsewhere);
        }
    }

    [Fact]
    public void Another_type_than_a_short_float_is_an_error_and_changes_nothing()
    {
        var error = Assert.Throws<ExternalException>(() => Autocast.Enable(DeviceType.CPU, torch.int32));
        Assert.Contains("is not supported; use bfloat16 or float16", error.Message);
        Assert.False(Autocast.IsEnabled(DeviceType.CPU));
    }
}
