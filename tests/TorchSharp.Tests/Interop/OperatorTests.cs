using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp.Tests.Interop;

public sealed class OperatorTests
{
    [Fact]
    public void Calls_an_operator_by_name_and_overload()
    {
        using var x = torch.tensor([1f, 2f]);
        using var sum = new Operator("aten::add", "Tensor").Tensor(x, x);
        Assert.Equal([2f, 4f], sum.data<float>().ToArray());
    }

    [Fact]
    public void Fills_trailing_arguments_with_the_schema_s_defaults()
    {
        using var x = torch.tensor([1f, 2f]);
        using var scaled = new Operator("aten::add", "Tensor").Tensor(x, x, 10);
        Assert.Equal([11f, 22f], scaled.data<float>().ToArray());
    }

    [Fact]
    public void Takes_one_number_for_a_list_of_fixed_length()
    {
        using var x = torch.ones(1, 1, 4, 4);
        using var pooled = new Operator("aten::max_pool2d").Tensor(x, 2, 2);
        Assert.Equal([1L, 1, 2, 2], pooled.shape);
    }

    [Fact]
    public void Gives_several_tensors_and_null_for_an_absent_one()
    {
        using var x = torch.tensor([3f, 1f, 2f]);
        var sorted = new Operator("aten::sort").Tensors(x);
        Assert.Equal([1f, 2f, 3f], sorted[0].data<float>().ToArray());
        Assert.Equal([1L, 2, 0], sorted[1].data<long>().ToArray());
        Array.ForEach(sorted, tensor => tensor.Dispose());
    }

    [Fact]
    public void Gives_plain_results()
    {
        using var x = torch.tensor([1f, 2f]);
        Assert.Equal(2, new Operator("aten::size", "int").Integer(x, 0));
        Assert.True(new Operator("aten::equal").Boolean(x, x));
    }

    [Theory]
    [InlineData("aten::no_such_operator", "")]
    [InlineData("aten::add", "NoSuchOverload")]
    [InlineData("no_namespace", "")]
    public void An_unknown_operator_is_named_in_the_error(string name, string overload)
    {
        var error = Assert.Throws<ExternalException>(() => new Operator(name, overload).Invoke());
        Assert.Contains($"has no operator '{name}'", error.Message);
        Assert.Contains(overload, error.Message);
    }

    [Fact]
    public void Too_many_and_too_few_arguments_are_errors_that_show_the_schema()
    {
        using var x = torch.tensor([1f]);
        var relu = new Operator("aten::relu");
        Assert.Contains("takes 1 arguments, not 2", Assert.Throws<ExternalException>(() => relu.Tensor(x, 1)).Message);
        var error = Assert.Throws<ExternalException>(() => relu.Tensor());
        Assert.Contains("argument 'self' (number 1) has no default", error.Message);
        Assert.Contains("aten::relu(Tensor self) -> Tensor", error.Message);
    }

    [Fact]
    public void A_value_of_every_wrong_kind_is_an_error_and_never_a_crash()
    {
        using var x = torch.tensor([1f, 2f]);
        using var generator = new torch.Generator();
        Value[] values =
        [
            Value.None, 1, 1.5, true, "text", x, new long[] { 1 }, new[] { 1.5 }, new[] { true }, new torch.Tensor?[] { x, null },
            torch.CPU, generator,
        ];
        // One operator for each kind of parameter: tensor, int, number, bool, string, int list, float list, tensor lists, device,
        // generator.
        Operator[] operators =
        [
            new("aten::relu"), new("aten::select", "int"), new("aten::mul", "Scalar"), new("aten::var"), new("aten::div", "Tensor_mode"),
            new("aten::permute"), new("aten::upsample_bilinear2d", "vec"), new("aten::cat"), new("aten::index", "Tensor"),
            new("aten::to", "device"), new("aten::normal_"), new("aten::zeros"), new("aten::split_with_sizes"),
        ];
        foreach (var op in operators)
        {
            foreach (var first in values)
            {
                foreach (var second in values)
                {
                    foreach (var third in values)
                    {
                        var outcome = Record.Exception(() => op.Invoke(first, second, third));
                        Assert.True(outcome is null or ExternalException, $"{op}: {outcome}");
                    }
                }
            }
        }
    }

    [Fact]
    public void The_error_of_a_wrong_kind_names_argument_and_types()
    {
        var error = Assert.Throws<ExternalException>(() => new Operator("aten::relu").Tensor("text"));
        Assert.StartsWith("aten::relu takes a value of type Tensor for argument 'self' (number 1), not a string.", error.Message);
    }

    [Fact]
    public void Libtorch_s_own_error_comes_through_without_its_backtrace()
    {
        using var x = torch.zeros(2, 3);
        var error = Assert.Throws<ExternalException>(() => x.mm(x));
        Assert.Equal("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", error.Message);
    }

    [Fact]
    public void A_disposed_tensor_is_an_error()
    {
        var x = torch.zeros(2);
        x.Dispose();
        Assert.True(x.IsInvalid);
        Assert.Throws<ObjectDisposedException>(() => x.relu());
        Assert.Throws<ObjectDisposedException>(() => x.shape);
        Assert.Throws<ObjectDisposedException>(() => x.dtype);
        Assert.Throws<ObjectDisposedException>(() => torch.cat(new[] { x }));
        Assert.Throws<ObjectDisposedException>(() => x.backward());
    }

    [Fact]
    public void A_null_tensor_where_one_is_needed_is_an_error()
    {
        using var x = torch.zeros(2);
        Assert.Contains("not a none", Assert.Throws<ExternalException>(() => x.add((torch.Tensor)null!)).Message);
        Assert.Throws<ExternalException>(() => torch.cat(new torch.Tensor[] { x, null! }));
    }

    [Fact]
    public void A_result_of_another_kind_than_asked_for_is_an_error_and_leaks_nothing()
    {
        using var x = torch.zeros(4);
        var error = Assert.Throws<InvalidOperationException>(() => new Operator("aten::chunk").Tensor(x, 2));
        Assert.Contains("aten::chunk gave TensorList", error.Message);
        Assert.Throws<InvalidOperationException>(() => new Operator("aten::relu").Integer(x));
    }

    [Fact]
    public void Lists_too_long_for_the_stack_work_too()
    {
        using var scope = torch.NewDisposeScope();
        var many = Enumerable.Range(0, 1000).Select(i => torch.tensor((float)i)).ToArray();
        using var all = torch.stack(many);
        Assert.Equal(1000L, all.shape[0]);
        Assert.Equal(999f, all[999].item<float>());
    }

    [Fact]
    public void Every_operator_of_the_binding_exists_in_this_libtorch()
    {
        var aten = typeof(torch).Assembly.GetType("TorchSharp.Aten", throwOnError: true)!;
        var fields = aten.GetFields(BindingFlags.Static | BindingFlags.NonPublic);
        var operators = fields.Select(field => (Operator)field.GetValue(null)!).ToList();
        Assert.True(operators.Count > 200);
        var missing = operators.Where(op => Record.Exception(() => op.Schema) is not null).Select(op => op.ToString());
        Assert.Empty(missing);
    }

    [Fact]
    public void A_listener_hears_calls_with_arguments_and_results_and_nothing_after_it_left()
    {
        var heard = new List<(string Name, int Arguments, int Results)>();
        var thread = Environment.CurrentManagedThreadId; // other tests run beside this one
        void Listen(Operator op, ReadOnlySpan<Value> arguments, ReadOnlySpan<torch.Tensor?> results)
        {
            if (Environment.CurrentManagedThreadId == thread)
                heard.Add((op.Name, arguments.Length, results.Length));
        }

        using var x = torch.zeros(4);
        OperatorLog.Called += Listen;
        try
        {
            using var y = x.relu();
            var parts = x.chunk(2);
            x.fill_(1);
            Array.ForEach(parts, part => part.Dispose());
        }
        finally
        {
            OperatorLog.Called -= Listen;
        }
        using var unheard = x.relu();
        Assert.Equal([("aten::relu", 1, 1), ("aten::chunk", 3, 2), ("aten::fill_", 2, 0)], heard);
    }
}
