using TorchSharp.Modules;
using static TorchSharp.Tests.NNTestSupport;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

[Collection(nameof(Alone))]
public class OptimSgdTests
{
    // Gradients of three steps, for two elements.
    private static readonly double[][] Gradients = [[1, -2], [0.5, 0], [-1, 4]];

    /// <summary>Three steps by the definition in PyTorch's documentation.</summary>
    private static double[] ByHand(
        double rate, double momentum = 0, double dampening = 0, double decay = 0, bool nesterov = false, bool maximize = false)
    {
        double[] values = [1, 2], buffer = [0, 0];
        for (int step = 0; step < 3; step++)
            for (int i = 0; i < 2; i++)
            {
                double gradient = Gradients[step][i] + decay * values[i];
                if (momentum != 0)
                {
                    buffer[i] = step == 0 ? gradient : momentum * buffer[i] + (1 - dampening) * gradient;
                    gradient = nesterov ? gradient + momentum * buffer[i] : buffer[i];
                }
                values[i] += (maximize ? rate : -rate) * gradient;
            }
        return values;
    }

    private static void ThreeSteps(optim.Optimizer optimizer, Parameter parameter)
    {
        foreach (double[] gradient in Gradients)
        {
            SetGradient(parameter, gradient);
            optimizer.step();
        }
    }

    [Theory]
    [InlineData(0, 0, 0, false, false)]
    [InlineData(0.9, 0, 0, false, false)]
    [InlineData(0.9, 0.3, 0.1, false, false)]
    [InlineData(0.9, 0, 0.1, true, false)]
    [InlineData(0, 0, 0.1, false, false)]
    [InlineData(0.5, 0, 0, false, true)]
    public void Three_steps_are_those_of_the_definition(double momentum, double dampening, double decay, bool nesterov, bool maximize)
    {
        using var parameter = Learned([1, 2], null);
        using var optimizer = optim.SGD([parameter], 0.1, momentum, dampening, decay, nesterov, maximize);
        ThreeSteps(optimizer, parameter);
        Close(ByHand(0.1, momentum, dampening, decay, nesterov, maximize), parameter);
    }

    [Fact]
    public void Momentum_adds_up_as_computed_by_hand()
    {
        // Buffers 1, 0.5 · 1 + 0.5 = 1, 0.5 · 1 - 1 = -0.5; steps of 0.1 times these from 1.
        using var parameter = Learned([1, 2], null);
        using var optimizer = optim.SGD([parameter], 0.1, momentum: 0.5);
        ThreeSteps(optimizer, parameter);
        Assert.Equal(1 - 0.1 - 0.1 + 0.05, Read(parameter)[0], 12);
    }

    [Fact]
    public void Groups_have_their_own_settings_and_take_the_rest_from_the_optimizer()
    {
        using var slow = Learned([1, 2], null);
        using var fast = Learned([1, 2], null);
        using var optimizer = optim.SGD(
            [
                new SGD.ParamGroup([slow], new SGD.Options { LearningRate = 0.01, weight_decay = 0.5 }),
                new SGD.ParamGroup { Parameters = [fast] },
            ],
            learningRate: 0.1, momentum: 0.9);
        Assert.Equal([0.01, 0.1], optimizer.ParamGroups.Select(group => group.LearningRate));
        Assert.Equal([0.01, 0.1], optimizer.ParamGroups.Select(group => group.InitialLearningRate));
        foreach (double[] gradient in Gradients)
        {
            SetGradient(slow, gradient);
            SetGradient(fast, gradient);
            optimizer.step();
        }
        Close(ByHand(0.01, 0.9, decay: 0.5), slow);
        Close(ByHand(0.1, 0.9), fast);
        Assert.Equal([slow, fast], optimizer.parameters());
    }

    [Fact]
    public void The_learning_rate_can_be_set_between_steps()
    {
        using var parameter = Learned([1], null);
        using var optimizer = optim.SGD([parameter], 1);
        foreach (double rate in new[] { 1.0, 0.5, 0.25 })
        {
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate = rate;
            SetGradient(parameter, [1]);
            optimizer.step();
        }
        Close([1 - 1.75], parameter);
    }

    [Fact]
    public void Parameters_without_a_gradient_stay_and_types_may_differ()
    {
        using var still = Learned([5], null);
        using var wide = Learned([1], [1]);
        using var narrow = new Parameter(ones(2, dtype: float32));
        using (var gradient = ones(2, dtype: float32))
            narrow.grad = gradient;
        using var optimizer = optim.SGD([still, wide, narrow], 0.5, momentum: 0.9, weight_decay: 0.1);
        optimizer.step();
        Close([5], still);
        Close([1 - 0.5 * 1.1], wide);
        Close([1 - 0.5 * 1.1, 1 - 0.5 * 1.1], narrow, 1e-6);
        Assert.Null(((SGD.State)optimizer.state_dict().State[0]).momentum_buffer);

        // A parameter that gets its first gradient later starts its momentum then.
        SetGradient(still, [2]);
        optimizer.step();
        Close([5 - 0.5 * 2.5], still);
    }

    [Fact]
    public void Saved_state_goes_on_exactly()
    {
        using var parameter = Learned([1, 2], null);
        using var optimizer = optim.SGD([parameter], 0.1, momentum: 0.9);
        SetGradient(parameter, Gradients[0]);
        optimizer.step();

        using var copy = Learned(Read(parameter), null);
        using var other = optim.SGD([copy], 0.7, momentum: 0.1);
        other.load_state_dict(optimizer.state_dict());
        Assert.Equal(0.1, other.ParamGroups.Single().LearningRate);
        Assert.True(other.state_dict().State[0].ApproximatelyEquals(optimizer.state_dict().State[0]));

        using var third = Learned(Read(parameter), null);
        using var fromFields = optim.SGD([third], 0.1, momentum: 0.9);
        var buffer = ((SGD.State)optimizer.state_dict().State[0]).momentum_buffer!;
        ((SGD.State)fromFields.state_dict().State[0]).momentum_buffer = buffer.clone();

        using var fourth = Learned(Read(parameter), null);
        using var fromStream = optim.SGD([fourth], 0.7);
        using var stream = new MemoryStream();
        optimizer.save_state_dict(new BinaryWriter(stream));
        stream.Position = 0;
        fromStream.load_state_dict(new BinaryReader(stream));

        foreach (var (continued, values) in new (optim.Optimizer, Parameter)[]
                 { (optimizer, parameter), (other, copy), (fromFields, third), (fromStream, fourth) })
            foreach (double[] gradient in Gradients[1..])
            {
                SetGradient(values, gradient);
                continued.step();
            }
        double[] expected = Read(parameter);
        Assert.Equal(expected, Read(copy));
        Assert.Equal(expected, Read(third));
        Assert.Equal(expected, Read(fourth));
    }

    [Fact]
    public void State_of_another_optimizer_is_refused()
    {
        using var first = Learned([1], null);
        using var second = Learned([1], null);
        using var one = optim.SGD([first], 0.1);
        using var two = optim.SGD([first, second], 0.1);
        Assert.Throws<ArgumentException>(() => two.load_state_dict(one.state_dict()));
        using var adam = optim.Adam([first]);
        using var stream = new MemoryStream();
        adam.save_state_dict(new BinaryWriter(stream));
        stream.Position = 0;
        Assert.Throws<InvalidDataException>(() => one.load_state_dict(new BinaryReader(stream)));
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        using var parameter = Learned([1], null);
        Assert.Throws<ArgumentException>(() => optim.SGD([parameter], -1));
        Assert.Throws<ArgumentException>(() => optim.SGD([parameter], 1, momentum: -1));
        Assert.Throws<ArgumentException>(() => optim.SGD([parameter], 1, weight_decay: -1));
        Assert.Throws<ArgumentException>(() => optim.SGD([parameter], 1, nesterov: true));
    }

    [Fact]
    public void Gradients_are_set_to_zero_and_closures_are_called_first()
    {
        using var parameter = Learned([3], [1]);
        using var optimizer = optim.SGD([parameter], 0.5);
        optimizer.zero_grad();
        Close([0], parameter.grad!);
        using var loss = optimizer.step(() =>
        {
            var square = (parameter * parameter).sum();
            square.backward();
            return square;
        });
        Assert.Equal(9, loss!.item<double>());
        Close([0], parameter); // 3 - 0.5 · 6
    }

    [Fact]
    public void A_hundred_steps_leave_no_tensors()
    {
        using var parameter = Learned([1, 2], [1, 1]);
        using var optimizer = optim.SGD([parameter], 0.1, momentum: 0.9, weight_decay: 0.1, nesterov: true);
        LeavesNoTensors(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                optimizer.step();
                optimizer.zero_grad();
            }
        });
    }
}
