using TorchSharp.Modules;
using static TorchSharp.Tests.NNTestSupport;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

[Collection(nameof(Alone))]
public class OptimAdamTests
{
    private static readonly double[][] Gradients = [[1, -2], [0.5, 0], [-1, 4]];

    /// <summary>Three steps by the definition in PyTorch's documentation.</summary>
    private static double[] ByHand(
        bool decoupled, double rate, double beta1, double beta2, double epsilon, double decay, bool amsgrad, bool maximize)
    {
        double[] values = [1, 2], mean = [0, 0], square = [0, 0], largest = [0, 0];
        for (int step = 1; step <= 3; step++)
            for (int i = 0; i < 2; i++)
            {
                double gradient = Gradients[step - 1][i] * (maximize ? -1 : 1);
                if (decoupled)
                    values[i] *= 1 - rate * decay;
                else
                    gradient += decay * values[i];
                mean[i] = beta1 * mean[i] + (1 - beta1) * gradient;
                square[i] = beta2 * square[i] + (1 - beta2) * gradient * gradient;
                largest[i] = Math.Max(largest[i], square[i]);
                double corrected = (amsgrad ? largest[i] : square[i]) / (1 - Math.Pow(beta2, step));
                values[i] -= rate * mean[i] / (1 - Math.Pow(beta1, step)) / (Math.Sqrt(corrected) + epsilon);
            }
        return values;
    }

    private static OptimizerHelper Make(
        bool decoupled, Parameter parameter, double rate, double beta1, double beta2, double epsilon, double decay, bool amsgrad,
        bool maximize) =>
        decoupled
            ? optim.AdamW([parameter], rate, beta1, beta2, epsilon, decay, amsgrad, maximize)
            : optim.Adam([parameter], rate, beta1, beta2, epsilon, decay, amsgrad, maximize);

    [Theory]
    [InlineData(false, 0, false, false)]
    [InlineData(false, 0.1, false, false)]
    [InlineData(false, 0.1, true, true)]
    [InlineData(true, 0, false, false)]
    [InlineData(true, 0.1, false, false)]
    [InlineData(true, 0.1, true, true)]
    public void Three_steps_are_those_of_the_definition(bool decoupled, double decay, bool amsgrad, bool maximize)
    {
        using var parameter = Learned([1, 2], null);
        using var optimizer = Make(decoupled, parameter, 0.2, 0.8, 0.95, 1e-4, decay, amsgrad, maximize);
        foreach (double[] gradient in Gradients)
        {
            SetGradient(parameter, gradient);
            optimizer.step();
        }
        Close(ByHand(decoupled, 0.2, 0.8, 0.95, 1e-4, decay, amsgrad, maximize), parameter);
    }

    [Fact]
    public void The_first_step_is_the_learning_rate_in_the_gradients_direction()
    {
        using var parameter = Learned([1, 2, 3], [100, -0.001, 5]);
        using var optimizer = optim.Adam([parameter], lr: 0.1, eps: 0);
        optimizer.step();
        Close([0.9, 2.1, 2.9], parameter);
    }

    [Fact]
    public void Each_parameter_counts_its_own_steps()
    {
        using var always = Learned([1], [1]);
        using var late = Learned([1], null);
        using var optimizer = optim.AdamW([always, late], lr: 0.1, eps: 0);
        optimizer.step();
        SetGradient(late, [-7]);
        optimizer.step();
        Close([0.8], always);
        Close([1.1], late); // its first step
        Assert.Equal([2, 1], optimizer.state_dict().State.Select(state => ((AdamW.State)state).step));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Saved_state_goes_on_exactly(bool decoupled)
    {
        using var parameter = Learned([1, 2], Gradients[0]);
        using var optimizer = Make(decoupled, parameter, 0.2, 0.8, 0.95, 1e-4, 0.1, true, false);
        optimizer.step();
        using var copy = Learned(Read(parameter), null);
        using var fromDictionary = Make(decoupled, copy, 0.5, 0.9, 0.99, 1e-8, 0, true, false);
        fromDictionary.load_state_dict(optimizer.state_dict());
        using var second = Learned(Read(parameter), null);
        using var fromStream = Make(decoupled, second, 0.5, 0.9, 0.99, 1e-8, 0, false, false);
        using var stream = new MemoryStream();
        optimizer.save_state_dict(new BinaryWriter(stream));
        stream.Position = 0;
        fromStream.load_state_dict(new BinaryReader(stream));
        Assert.True(fromStream.state_dict().State[0].ApproximatelyEquals(optimizer.state_dict().State[0]));

        foreach (double[] gradient in Gradients[1..])
        {
            foreach (var continued in new[] { parameter, copy, second })
                SetGradient(continued, gradient);
            optimizer.step();
            fromDictionary.step();
            fromStream.step();
        }
        Assert.Equal(Read(parameter), Read(copy));
        Assert.Equal(Read(parameter), Read(second));
        Close(ByHand(decoupled, 0.2, 0.8, 0.95, 1e-4, 0.1, true, false), parameter);
    }

    [Fact]
    public void Groups_have_their_own_settings_and_take_the_rest_from_the_optimizer()
    {
        using var first = Learned([1], [1]);
        using var second = Learned([1], [1]);
        using var optimizer = optim.AdamW(
            [new AdamW.ParamGroup([first], lr: 0.5, eps: 0), new AdamW.ParamGroup([second], new AdamW.Options { weight_decay = 0.5 })],
            lr: 0.1, eps: 0);
        optimizer.step();
        Close([0.5], first);
        Close([1 - 0.1 * 0.5 - 0.1], second);
        Assert.Equal((0.9, 0.999), optimizer.Betas);
        Assert.Equal([0.5, 0.1], optimizer.ParamGroups.Select(group => group.LearningRate));
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        using var parameter = Learned([1], null);
        Assert.Throws<ArgumentException>(() => optim.Adam([parameter], lr: -1));
        Assert.Throws<ArgumentException>(() => optim.Adam([parameter], eps: -1));
        Assert.Throws<ArgumentException>(() => optim.AdamW([parameter], beta1: 1));
        Assert.Throws<ArgumentException>(() => optim.AdamW([parameter], beta2: -0.1));
        Assert.Throws<ArgumentException>(() => optim.AdamW([parameter], weight_decay: -1));
    }

    [Fact]
    public void An_optimizer_gives_all_its_tensors_back()
    {
        using var parameter = Learned([1, 2], [1, 1]);
        LeavesNoTensors(() =>
        {
            using var optimizer = optim.AdamW([parameter], weight_decay: 0.1, amsgrad: true);
            for (int i = 0; i < 20; i++)
                optimizer.step();
        });
    }
}
