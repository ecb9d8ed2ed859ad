using TorchSharp.Modules;
using static TorchSharp.Tests.NNTestSupport;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests;

public class NNHookTests
{
    private sealed class Sum() : Module<Tensor, Tensor, Tensor>(nameof(Sum))
    {
        public override Tensor forward(Tensor input1, Tensor input2) => input1 + input2;
    }

    [Fact]
    public void Hooks_run_around_forward_and_may_change_input_and_result()
    {
        using var module = ReLU();
        using var input = Values([2], -1, 2);
        var log = new List<string>();
        module.register_forward_pre_hook((Module _) => log.Add("before"));
        module.register_forward_hook((Module _) => log.Add("after"));
        var negate = module.register_forward_pre_hook((_, x) => -x);
        var increment = module.register_forward_hook((_, _, y) => y + 1);
        Close([2, 1], module.call(input));
        Assert.Equal(["before", "after"], log);

        negate.remove();
        Close([1, 3], module.call(input));
        increment.remove();
        Close([0, 2], module.call(input));
        Close([0, 2], module.forward(input));
        Assert.Equal(6, log.Count);
    }

    [Fact]
    public void A_hook_that_returns_null_changes_nothing()
    {
        using var module = ReLU();
        using var input = Values([2], -1, 2);
        module.register_forward_pre_hook((_, _) => null!);
        module.register_forward_hook((_, _, _) => null!);
        Close([0, 2], module.call(input));
    }

    [Fact]
    public void Hooks_see_both_inputs_of_a_module_of_two()
    {
        using var module = new Sum();
        using var x = Values([1], 3);
        using var y = Values([1], 4);
        module.register_forward_pre_hook((_, first, second) => (first * 10, second));
        module.register_forward_hook((_, first, _, result) => result + first);
        Close([64], module.call(x, y)); // (30 + 4) + 30
    }
}
