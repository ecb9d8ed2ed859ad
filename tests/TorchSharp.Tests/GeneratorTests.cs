using System.Runtime.InteropServices;

namespace TorchSharp.Tests;

[Collection(nameof(Alone))]
public sealed class GeneratorTests
{
    [Fact]
    public void The_same_seed_gives_the_same_numbers_as_PyTorch()
    {
        torch.manual_seed(0).Dispose();
        using var x = torch.randn(3);
        // torch.manual_seed(0); torch.randn(3) in Python; the last bit differs between CPUs
        using var expected = torch.tensor([1.5409960f, -0.2934289f, -2.1787894f]);
        Assert.True(x.allclose(expected, rtol: 1e-6));
    }

    [Fact]
    public void A_state_read_and_set_again_repeats_what_followed_it()
    {
        using var state = torch.get_rng_state();
        using var first = torch.rand(5);
        torch.random.set_rng_state(state);
        using var second = torch.rand(5);
        Assert.True(first.Equals(second));
    }

    [Fact]
    public void A_generator_of_its_own_does_not_move_the_default_one()
    {
        using var generator = new torch.Generator(7);
        Assert.Equal(7, generator.initial_seed());
        using var before = torch.get_rng_state();
        using var a = torch.rand([3], generator: generator);
        using var after = torch.get_rng_state();
        Assert.True(before.Equals(after));
        generator.manual_seed(7);
        using var b = torch.rand([3], generator: generator);
        Assert.True(a.Equals(b));
    }

    [Fact]
    public void A_state_of_another_size_is_an_error()
    {
        using var generator = new torch.Generator();
        using var state = torch.zeros([10], torch.uint8);
        Assert.Throws<ExternalException>(() => generator.set_state(state));
    }

    [Fact]
    public void A_disposed_generator_is_an_error()
    {
        var generator = new torch.Generator();
        generator.Dispose();
        Assert.Throws<ObjectDisposedException>(() => generator.get_state());
        Assert.Throws<ObjectDisposedException>(() => torch.rand([3], generator: generator));
    }

    [Fact]
    public void The_number_of_threads_can_be_set()
    {
        var before = torch.get_num_threads();
        torch.set_num_threads(1);
        Assert.Equal(1, torch.get_num_threads());
        torch.set_num_threads(before);
        Assert.Contains("at least 1, not 0", Assert.Throws<ExternalException>(() => torch.set_num_threads(0)).Message);
    }
}
