using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed class TensorOperatorTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void C_sharp_s_operators_work_on_tensors_and_numbers_on_either_side()
    {
        var x = tensor([1f, 2f, 4f]);
        Equal([2, 4, 8], x + x);
        Equal([3, 4, 6], x + 2);
        Equal([3, 4, 6], 2 + x);
        Equal([0.5f, 1.5f, 3.5f], x - 0.5);
        Equal([9, 8, 6], 10 - x);
        Equal([3, 6, 12], 3.0f * x);
        Equal([8, 4, 2], 8 / x);
        Equal([0.5f, 1, 2], x / 2L);
        Equal([1, 2, 1], x % 3);
        Equal([-1, -2, -4], -x);
    }

    [Fact]
    public void Comparisons_give_a_tensor_of_booleans()
    {
        var x = tensor([1f, 2f, 3f]);
        Assert.Equal([false, true, true], (x >= 2).data<bool>().ToArray());
        Assert.Equal([true, false, false], (2 > x).data<bool>().ToArray());
        Assert.Equal([false, true, false], (x == 2).data<bool>().ToArray());
        Assert.Equal([true, false, true], x.ne(2).data<bool>().ToArray());
        Assert.Equal([true, true, true], x.eq(x).data<bool>().ToArray());
        Assert.Equal([false, false, true], ((x > 1) & ~(x == 2)).data<bool>().ToArray());
    }

    [Fact]
    public void In_place_operators_change_their_tensor_and_give_it_back()
    {
        var x = tensor([1f, -2f]);
        Assert.Same(x, x.add_(1));
        Assert.Same(x, x.mul_(2).relu_());
        Equal([4, 0], x);
        Assert.Same(x, x.copy_(tensor([5f, 6f])));
        Assert.Same(x, x.clamp_(max: 5));
        Equal([5, 5], x);
        Assert.Equal(0f, x.zero_().sum().item<float>());
    }

    [Fact]
    public void Functions_of_one_element()
    {
        var x = tensor([0f, 1f, 4f]);
        Close([1, 2.7182817f, 54.59815f], x.exp());
        Close([0, 0.6931472f, 1.609438f], x.log1p());
        Close([0, 1, 2], x.sqrt());
        Close([0.5f, 0.7310586f, 0.98201376f], x.sigmoid());
        Close([0, 0.7615942f, 0.9993293f], x.tanh());
        Close([0, 1, 64], x.pow(3));
        Equal([1, -2], tensor([1.4f, -1.6f]).round());
        Equal([0, 1, 4], (-x).abs());
        Assert.Equal([true, false], tensor([float.NaN, 1]).isnan().data<bool>().ToArray());
        Assert.False(tensor([float.PositiveInfinity, 1]).isfinite().all().ToBoolean());
    }

    [Fact]
    public void Quotients_round_as_asked()
    {
        var x = tensor([-7f, 7f]);
        Equal([-3.5f, 3.5f], x.div(2));
        Equal([-3, 3], x.div(2, RoundingMode.trunc));
        Equal([-4, 3], x.div(2, RoundingMode.floor));
        Equal([-4, 3], x.floor_divide(tensor(2f)));
        Equal([1, 1], x.remainder(2));
        Equal([-1, 1], x.fmod(2));
    }

    [Fact]
    public void Reductions_over_everything_and_along_dimensions()
    {
        var x = tensor(new float[,] { { 1, 2, 3 }, { 4, 5, 9 } });
        Assert.Equal(24f, x.sum().item<float>());
        Equal([5, 7, 12], x.sum(dim: 0));
        Equal([2, 6], x.mean([1]));
        Assert.Equal([2L, 1], x.mean([1], keepdim: true).shape);
        Assert.Equal(4f, x.mean().item<float>());
        Assert.Equal(48f / 6, x.var(unbiased: false).item<float>() + 8f / 6, 5);
        Close([1, 2.6457512f], x.std(1));
        Equal([4, 5, 9], x.max(0).values);
        Assert.Equal([1L, 1, 1], x.max(0).indexes.data<long>().ToArray());
        Assert.Equal((1f, 9f), (x.min().item<float>(), x.max().item<float>()));
        Equal([3, 9], x.amax([1]));
        Assert.Equal([2L, 2], x.argmax(1).data<long>().ToArray());
        Assert.Equal(5, x.argmax().item<long>());
        Equal([1, 3, 6, 4, 9, 18], x.cumsum(1).flatten());
        Assert.Equal(MathF.Sqrt(136), x.norm().item<float>(), 5);
        Assert.Equal(float64, x.sum(float64).dtype);
        Assert.Equal(float64, x.var([0], type: float64).dtype);
        Assert.True((x > 0).all().ToBoolean());
        Assert.False((x > 9).any().ToBoolean());
    }

    [Fact]
    public void Counting_and_ordering()
    {
        Assert.Equal([1L, 0, 2], tensor([2L, 0, 2]).bincount(null).data<long>().ToArray());
        Equal([2, 1], tensor([0f, 1f, 3f]).histc(2, 0, 4));
        var (values, indices) = tensor([1f, 3f, 2f]).topk(2);
        Equal([3, 2], values);
        Assert.Equal([1L, 2], indices.data<long>().ToArray());
        var (second, place) = tensor([1f, 3f, 2f]).kthvalue(2, 0);
        Assert.Equal((2f, 2L), (second.item<float>(), place.item<long>()));
        Equal([1, 4], tensor([3f, 1, 2, 6, 5, 4], [2, 3]).kthvalue(1, dim: null).values);
        Equal([3, 2, 1], tensor([1f, 3f, 2f]).sort(descending: true).Values);
        var (output, inverse, counts) = tensor([5L, 3, 5]).unique(return_inverse: true, return_counts: true);
        Assert.Equal([3L, 5], output.data<long>().ToArray());
        Assert.Equal([1L, 0, 1], inverse!.data<long>().ToArray());
        Assert.Equal([1L, 2], counts!.data<long>().ToArray());
        Assert.Null(tensor([5L]).unique().counts);
    }

    [Fact]
    public void Shapes()
    {
        var x = arange(24).view(2, 3, 4);
        Assert.Equal([4L, 2, 3], x.permute(2, 0, 1).shape);
        Assert.Equal([2L, 4, 3], x.transpose(1, -1).shape);
        Assert.Equal([6L, 4], x.flatten(0, 1).shape);
        Assert.Equal([2L, 1, 3, 4], x.unsqueeze(1).shape);
        Assert.Equal([3L, 4], x.narrow(0, 0, 1).squeeze(0).shape);
        Assert.Equal([2L, 3, 2, 2], x.unflatten(-1, 2, 2).shape);
        Assert.Equal([2L, 12], x.reshape(2, -1).shape);
        Assert.Equal([5L, 3, 4], x.narrow(0, 0, 1).expand(5, 3, 4).shape);
        Assert.Equal([2L, 6, 4], x.repeat(1, 2, 1).shape);
        Assert.Equal([2, 0, 1], arange(3, dtype: int32).roll(1).data<int>().ToArray());
        Assert.Equal([2, 1, 0], arange(3, dtype: int32).flip(0).data<int>().ToArray());
        Assert.False(x.permute(2, 0, 1).is_contiguous());
        Assert.True(x.permute(2, 0, 1).contiguous().is_contiguous());
        Assert.Equal([2L, 4], triu(ones(2, 4)).shape);
        Assert.Equal(4, x.size(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.size(3));
        Assert.Throws<ExternalException>(() => x.view(5, 5));
    }

    [Fact]
    public void Joining_and_splitting()
    {
        var x = tensor([1f, 2f, 3f]);
        Equal([1, 2, 3, 1, 2, 3], cat(new[] { x, x }));
        Assert.Equal([2L, 3], stack(new[] { x, x }).shape);
        Assert.Equal([2L, 1], x.split(2).Select(part => part.numel()));
        Assert.Equal([1L, 2], x.split([1, 2]).Select(part => part.numel()));
        Assert.Equal(3, x.unbind().Length);
        Equal([1, 9, 3], x.where(x != 2, tensor([9f])));
        Assert.Throws<ArgumentException>(() => x.where(x, x));
    }

    [Fact]
    public void Selecting()
    {
        var x = tensor(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        Equal([3, 2], x.gather(1, tensor(new long[,] { { 2 }, { 0 } })).flatten().add(tensor([0f, -2f])));
        Equal([0, 0, 7], zeros(3).scatter_(0, tensor([2L]), tensor([7f])));
        Equal([4, 5, 6], x.index_select(0, tensor([1L])).flatten());
        Equal([0, 2, 0], x[0].masked_fill(x[0] != 2, 0));
        Equal([4, 5, 6], x.masked_select(x > 3));
        Equal([2, 5], x.slice(1, 1, 3, 2).flatten());
        Assert.Equal([1L, 2], (x == 6).nonzero().flatten().data<long>().ToArray());
    }

    [Fact]
    public void Indexing_as_in_Python()
    {
        var x = arange(24, dtype: float32).view(2, 3, 4);
        Assert.Equal(23f, x[1, 2, 3].item<float>());
        Assert.Equal(23f, x[-1, -1, -1].item<float>());
        Assert.Equal([3L, 4], x[1].shape);
        Assert.Equal([2L, 3], x[TensorIndex.Ellipsis, 0].shape);
        Assert.Equal([2L, 4], x[.., 1].shape);
        Assert.Equal([2L, 2, 4], x[TensorIndex.Colon, 1..3].shape);
        Assert.Equal([2L, 3, 2], x[TensorIndex.Ellipsis, TensorIndex.Slice(step: 2)].shape);
        Assert.Equal([2L, 3, 3], x[TensorIndex.Ellipsis, ..^1].shape);
        Assert.Equal([2L, 1, 3, 4], x[TensorIndex.Colon, TensorIndex.None].shape);
        Assert.Equal([1L, 3, 4], x[TensorIndex.Slice(-1)].shape);
        Equal([12, 0], x[TensorIndex.Tensor(tensor([1L, 0])), 0, 0]);
        Equal([23], x[TensorIndex.Tensor(x > 22)]);
        Assert.Equal([2L, 2, 4], x[TensorIndex.Colon, TensorIndex.Tensor(tensor([2L, 0]))].shape);
        var mask = tensor(new[,] { { true, false, false }, { false, false, true } });
        Equal([1, 21], x[TensorIndex.Tensor(mask), 1]);
    }

    [Fact]
    public void Assigning_by_index_changes_the_tensor()
    {
        var x = zeros(2, 3);
        x[1, 2] = 5f;
        x[TensorIndex.Colon, 0] = tensor([1f, 2f]);
        x[x == 0] = 9f;
        Equal([1, 9, 9, 2, 9, 5], x.flatten());
        x[TensorIndex.Ellipsis] = 3;
        Assert.Equal(18f, x.sum().item<float>());
    }

    [Fact]
    public void A_wrong_index_is_an_error()
    {
        var x = zeros(2, 3);
        Assert.Throws<ExternalException>(() => x[2]);
        Assert.Throws<ArgumentException>(() => x[TensorIndex.Colon, TensorIndex.Colon, TensorIndex.Colon]);
        Assert.Throws<ArgumentException>(() => x[TensorIndex.Ellipsis, TensorIndex.Ellipsis]);
        Assert.Throws<ExternalException>(() => x[TensorIndex.Slice(0, 2, 0)]);
        Assert.Throws<ExternalException>(() => x[TensorIndex.Tensor(tensor([5L]))]);
    }

    [Fact]
    public void Products_of_matrices()
    {
        var a = tensor(new float[,] { { 1, 2 }, { 3, 4 } });
        Equal([7, 10, 15, 22], a.mm(a).flatten());
        Equal([5, 11], a.matmul(tensor([1f, 2f])));
        Equal([7, 10, 15, 22], einsum("ij,jk->ik", a, a).flatten());
        Assert.Equal(-2f, a.det().item<float>(), 5);
        Assert.Equal([3L, 2, 2], a.expand(3, 2, 2).bmm(a.expand(3, 2, 2)).shape);
    }

    [Fact]
    public void Softmax_sums_to_one_and_its_logarithm_fits()
    {
        var x = tensor([1f, 2f, 3f]);
        Close([0.09003057f, 0.24472848f, 0.66524094f], x.softmax(0));
        Assert.True(x.softmax(0).log().allclose(x.log_softmax(0)));
        Assert.Equal(float64, x.softmax(0, float64).dtype);
    }

    [Fact]
    public void Conversions_share_what_is_so_already_and_copy_when_asked()
    {
        var x = tensor([1.7f, -2.5f]);
        Assert.Equal([1L, -2], x.to(int64).data<long>().ToArray());
        x.to(float32).fill_(3);
        Equal([3, 3], x);
        x.to(float32, copy: true).fill_(4);
        Equal([3, 3], x);
        var y = x.to(float64, disposeAfter: true);
        Assert.True(x.IsInvalid);
        Assert.Equal(float16, y.to(CPU).half().dtype);
        Assert.Equal(ScalarType.BFloat16, y.type_as(zeros([1], bfloat16)).dtype);
    }

    [Fact]
    public void Equality_of_whole_tensors()
    {
        var x = tensor([1f, 2f]);
        Assert.True(x.Equals(tensor([1f, 2f])));
        Assert.False(x.Equals(tensor([1f, 3f])));
        Assert.False(x.Equals(tensor([1f])));
        Assert.False(x.Equals((object?)null));
        Assert.True(x.allclose(x + 1e-7));
        Assert.False(x.allclose(x + 1));
    }

    [Fact]
    public void Types_that_do_not_fit_are_errors_with_libtorch_s_text()
    {
        var mixed = Assert.Throws<ExternalException>(() => zeros([2, 2], int64).mm(zeros(2, 2)));
        Assert.Contains("expected", mixed.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("must match the size", Assert.Throws<ExternalException>(() => zeros(2) + zeros(3)).Message);
        Assert.Contains("Long", Assert.Throws<ExternalException>(() => zeros([2], int64).mean()).Message);
    }

    private static void Equal(float[] expected, Tensor actual) => Assert.Equal(expected, actual.to(float32).data<float>().ToArray());

    private static void Close(float[] expected, Tensor actual) =>
        Assert.True(tensor(expected).allclose(actual, rtol: 1e-6), $"expected {string.Join(", ", expected)}, got {actual.str()}");
}
