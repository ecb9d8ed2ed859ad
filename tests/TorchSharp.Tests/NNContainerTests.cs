using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.Tests.NNTestSupport;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests;

[Collection(nameof(Alone))]
public class NNContainerTests
{
    private sealed class Branches : Module<Tensor, Tensor>
    {
        private readonly ModuleList<Linear> list = ModuleList(Linear(1, 1), Linear(1, 1));
        private readonly ModuleDict<Module> dictionary = ModuleDict(("b", ReLU()), ("a", Linear(1, 1)));

        public Branches() : base(nameof(Branches)) => RegisterComponents();

        public ModuleList<Linear> List => list;

        public ModuleDict<Module> Dictionary => dictionary;

        public override Tensor forward(Tensor input) => list[0].call(input);
    }

    [Fact]
    public void A_sequence_numbers_its_modules_unless_they_have_names()
    {
        using var numbered = Sequential(Linear(1, 1), ReLU(), Linear(1, 1));
        Assert.Equal(["0.weight", "0.bias", "2.weight", "2.bias"], numbered.state_dict().Keys);
        using var named = Sequential(("conv1", Linear(1, 1)), ("relu", ReLU()));
        Assert.Equal(["conv1.weight", "conv1.bias"], named.state_dict().Keys);
        Assert.Equal(["conv1", "relu"], named.named_children().Select(child => child.name));
        named.append(Linear(1, 1));
        Assert.Contains("2.weight", named.state_dict().Keys);
        Assert.Equal(3, named.Count);
    }

    [Fact]
    public void A_sequence_calls_one_module_after_another()
    {
        using var sequence = Sequential(Flatten(), ReLU(), Softmax(1));
        using var input = Values([1, 2], 0, -3);
        Close([0.5, 0.5], sequence.call(input));
        using var empty = Sequential();
        using var same = empty.call(input);
        Close([0, -3], same);
        Assert.NotSame(input, same);
    }

    [Fact]
    public void A_sequence_disposes_what_lies_between_but_not_its_input()
    {
        using var sequence = Sequential(ReLU(), Sigmoid(), Tanh(), Identity());
        using var input = Ramp(4);
        LeavesNoTensors(() =>
        {
            long before = NativeTensors.Live;
            using (sequence.call(input))
                Assert.Equal(before + 1, NativeTensors.Live);
        });
        Assert.False(input.IsInvalid);
    }

    [Fact]
    public void A_slice_of_a_sequence_shares_the_modules_under_their_names()
    {
        using var sequence = Sequential(("a", Linear(1, 1)), ("b", ReLU()), ("c", Linear(1, 1)));
        var slice = sequence[1..];
        Assert.Equal(["b", "c"], slice.named_children().Select(child => child.name));
        Assert.Same(sequence[2], slice[1]);
        Assert.Equal(2, sequence[(null, 2)].Count);
        Assert.Throws<IndexOutOfRangeException>(() => sequence[(0, 4)]);
    }

    [Fact]
    public void Lists_and_dictionaries_of_modules_are_part_of_their_owner()
    {
        using var module = new Branches();
        Assert.Equal(
            ["list.0.weight", "list.0.bias", "list.1.weight", "list.1.bias", "dictionary.a.weight", "dictionary.a.bias"],
            module.state_dict().Keys);
        module.List.append(Linear(1, 1));
        Assert.Contains("list.2.weight", module.state_dict().Keys);
        module.List.RemoveAt(0);
        Assert.DoesNotContain("list.2.weight", module.state_dict().Keys);
        Assert.Equal(2, module.List.Count);
        Assert.Equal(["b", "a"], module.Dictionary.keys());
        Assert.True(module.Dictionary.Remove("b"));
        Assert.Equal(("a", module.Dictionary["a"]), module.Dictionary[0]);
    }
}
