using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.Tests.NNTestSupport;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests;

[Collection(nameof(Alone))]
public class NNModuleTests
{
    private sealed class Inner : Module<Tensor, Tensor>
    {
        private readonly Conv2d conv = Conv2d(1, 2, 1, dtype: float64);
        private readonly BatchNorm2d bn = BatchNorm2d(2, dtype: float64);

        public Inner() : base(nameof(Inner)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            using var mapped = conv.call(input);
            return bn.call(mapped);
        }
    }

    private sealed class Outer : Module<Tensor, Tensor>
    {
        private readonly Inner first = new();
        private readonly Linear head = Linear(2, 3, dtype: float64);
        private readonly Parameter scale = Parameter(ones(2, dtype: float64));

        [ComponentName(Name = "offset")]
        private readonly Tensor shift = zeros(2, dtype: float64);

        private readonly Tensor? absent = null;

        public Outer() : base(nameof(Outer)) => RegisterComponents();

        public bool HasNoPart => absent is null;

        public Parameter Scale => scale;

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            return head.call(first.call(input).mean([2, 3]) * scale + shift).MoveToOuterDisposeScope();
        }
    }

    [Fact]
    public void Fields_are_registered_under_their_names()
    {
        using var module = new Outer();
        Assert.Equal(["first", "head"], module.named_children().Select(child => child.name));
        Assert.Equal(
            ["scale", "first.conv.weight", "first.conv.bias", "first.bn.weight", "first.bn.bias", "head.weight", "head.bias"],
            module.named_parameters().Select(found => found.name));
        Assert.Equal(["scale"], module.named_parameters(recurse: false).Select(found => found.name));
        Assert.True(module.HasNoPart);
    }

    [Fact]
    public void The_state_dict_holds_parameters_and_then_buffers()
    {
        using var module = new Outer();
        Assert.Equal(
            [
                "scale", "first.conv.weight", "first.conv.bias", "first.bn.weight", "first.bn.bias", "head.weight", "head.bias",
                "offset", "first.bn.running_mean", "first.bn.running_var", "first.bn.num_batches_tracked",
            ],
            module.state_dict().Keys);
        Assert.Equal("net.scale", module.state_dict(prefix: "net").Keys.First());
        Assert.Same(module.Scale, module.state_dict()["scale"]);
    }

    [Fact]
    public void Modules_come_before_what_is_below_them()
    {
        using var module = new Outer();
        Assert.Equal(["first", "head", "first.conv", "first.bn"], module.named_modules().Select(found => found.name));
        var visited = new List<string>();
        module.apply(visit => visited.Add(visit.GetName()));
        Assert.Equal(["Conv2d", "BatchNorm2d", "Inner", "Linear", "Outer"], visited);
    }

    [Fact]
    public void Parameters_and_buffers_are_found_by_dotted_names()
    {
        using var module = new Outer();
        Assert.Equal([2, 1, 1, 1], module.get_parameter("first.conv.weight")!.shape);
        Assert.Equal([2], module.get_buffer("first.bn.running_var")!.shape);
        Assert.Null(module.get_parameter("first.conv.scale"));
        Assert.Null(module.get_parameter("second.conv.weight"));
        Assert.True(module.has_parameter("scale"));
        Assert.False(module.has_buffer("scale"));
    }

    [Fact]
    public void A_shared_parameter_is_counted_once_but_kept_under_both_names()
    {
        using var module = Sequential();
        var shared = Linear(2, 2);
        module.append("a", shared).append("b", shared);
        Assert.Equal(["a.weight", "a.bias"], module.named_parameters().Select(found => found.name));
        Assert.Equal(["a.weight", "a.bias", "b.weight", "b.bias"], module.state_dict().Keys);
    }

    [Fact]
    public void A_buffer_that_does_not_persist_is_in_no_state_dict()
    {
        using var module = new Outer();
        module.register_buffer("cache", zeros(1), persistent: false);
        Assert.Contains("cache", module.named_buffers().Select(found => found.name));
        Assert.DoesNotContain("cache", module.named_buffers(include_nonpersistent: false).Select(found => found.name));
        Assert.DoesNotContain("cache", module.state_dict().Keys);
    }

    [Fact]
    public void Names_are_checked_on_registration()
    {
        using var module = new Outer();
        using var part = Identity();
        Assert.Throws<InvalidOperationException>(() => module.register_module("head", part));
        Assert.Throws<InvalidOperationException>(() => module.register_buffer("offset", zeros(1)));
        Assert.Throws<InvalidOperationException>(() => module.register_parameter("scale", Parameter(zeros(1))));
        Assert.Throws<ArgumentException>(() => module.register_module("a.b", part));
        Assert.Throws<ArgumentException>(() => module.register_module("", part));
        Assert.Throws<InvalidOperationException>(() => part.register_buffer("x", zeros(1)));
    }

    [Fact]
    public void Loading_copies_values_and_names_what_differs()
    {
        using var source = new Outer();
        using var target = new Outer();
        var state = source.state_dict();
        var (missing, unexpected) = target.load_state_dict(state);
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Assert.Equal(Read(source.get_parameter("head.weight")!), Read(target.get_parameter("head.weight")!));

        state.Remove("scale");
        state["surplus"] = zeros(1);
        var error = Assert.Throws<InvalidOperationException>(() => target.load_state_dict(state));
        Assert.Contains("scale", error.Message);
        Assert.Contains("surplus", error.Message);
        (missing, unexpected) = target.load_state_dict(state, strict: false);
        Assert.Equal(["scale"], missing);
        Assert.Equal(["surplus"], unexpected);
        (missing, unexpected) = target.load_state_dict(state, skip: ["scale", "surplus"]);
        Assert.Empty(missing);
        Assert.Empty(unexpected);
    }

    [Fact]
    public void Loading_refuses_another_shape_and_changes_nothing()
    {
        using var module = new Outer();
        using var state = new Outer();
        var values = state.state_dict();
        using var wrong = ones(1, dtype: float64);
        values["head.bias"] = wrong; // copy_ would spread it over all three
        double[] before = Read(module.get_parameter("head.weight")!);
        var error = Assert.Throws<ArgumentException>(() => module.load_state_dict(values));
        Assert.Contains("head.bias has shape [1], the module's has [3]", error.Message);
        Assert.Equal(before, Read(module.get_parameter("head.weight")!));
    }

    [Fact]
    public void Modes_reach_every_module()
    {
        using var module = new Outer();
        Assert.True(module.training);
        module.eval();
        Assert.All(module.modules(), below => Assert.False(below.training));
        module.train();
        Assert.All(module.modules(), below => Assert.True(below.training));
    }

    [Fact]
    public void Conversion_changes_floats_fields_and_gradients_but_no_counts()
    {
        using var module = new Outer();
        using var input = Ramp(3, 1, 2, 2);
        using (var loss = module.call(input).sum())
            loss.backward();
        var old = module.Scale;
        Assert.Same(module, module.to(float32));
        Assert.NotSame(old, module.Scale);
        Assert.True(old.IsInvalid);
        Assert.Same(module.Scale, module.get_parameter("scale"));
        Assert.All(module.parameters(), parameter => Assert.Equal(float32, parameter.dtype));
        Assert.All(module.parameters(), parameter => Assert.True(parameter.requires_grad));
        using (var gradient = module.Scale.grad)
            Assert.Equal(float32, gradient!.dtype);
        Assert.Equal(float32, module.get_buffer("first.bn.running_mean")!.dtype);
        Assert.Equal(int64, module.get_buffer("first.bn.num_batches_tracked")!.dtype);
        using var again = input.to(float32);
        using var output = module.call(again);
        Assert.Equal(float32, output.dtype);
        var same = module.Scale;
        module.to(CPU);
        Assert.Same(same, module.Scale);
        Assert.Throws<ArgumentException>(() => module.to(int64));
    }

    [Fact]
    public void Gradients_are_forgotten_or_zeroed()
    {
        using var module = Linear(2, 1, dtype: float64);
        using var input = Ramp(1, 2);
        using (var loss = module.call(input).sum())
            loss.backward();
        module.zero_grad(set_to_none: false);
        using (var gradient = module.weight.grad)
            Close([0, 0], gradient!);
        module.zero_grad();
        Assert.Null(module.weight.grad);
    }

    [Fact]
    public void Setting_a_parameter_puts_it_in_the_old_ones_place()
    {
        using var module = Conv2d(1, 1, 1);
        var old = module.weight;
        var replacement = Parameter(ones(1, 1, 1, 1));
        module.weight = replacement;
        Assert.True(old.IsInvalid);
        Assert.Same(replacement, module.get_parameter("weight"));
        module.bias = null;
        Assert.Equal(["weight"], module.state_dict().Keys);
    }

    [Fact]
    public void A_parameter_takes_its_tensor_over()
    {
        using var data = ones(2);
        using var parameter = Parameter(data, requires_grad: false);
        Assert.True(data.IsInvalid);
        Assert.False(parameter.requires_grad);
        Parameter inScope;
        using (NewDisposeScope())
            inScope = Parameter(ones(2));
        Assert.True(inScope.IsInvalid);
    }

    [Fact]
    public void Disposing_a_module_gives_all_its_tensors_back() => LeavesNoTensors(() =>
    {
        using var module = new Outer();
        using var input = Ramp(3, 1, 2, 2);
        using var output = module.call(input);
        using var loss = output.sum();
        loss.backward();
        module.to(float32);
        module.zero_grad();
    });

    [Fact]
    public void Built_in_modules_outlive_the_scope_they_are_made_in()
    {
        Sequential module;
        using (NewDisposeScope())
            module = Sequential(Conv2d(1, 1, 1), BatchNorm2d(1), LayerNorm(2));
        using (module)
            Assert.All(module.state_dict().Values, tensor => Assert.False(tensor.IsInvalid));
        Assert.All(module.state_dict().Values, tensor => Assert.True(tensor.IsInvalid));
    }
}
