using Seg.Models;
using Seg.Models.Codecs;
using Seg.Models.Configuration;
using Seg.Train.Losses;
using static TorchSharp.torch;

namespace Seg.Train.Tests.Losses;

/// <summary>
/// Losses of keypoints: two persons of three keypoints, of which one does not count. Numbers are computed here, from the losses'
/// definitions.
/// </summary>
public class KeypointLossTests
{
    private const int Persons = 2, Keypoints = 3, Height = 4, Width = 5, Columns = 8, Rows = 12;

    private static readonly double[] Weights = [1, 0, 1, 1, 1, 1];

    private static readonly Dictionary<string, (Func<KeypointLossTerm> Create, Func<double[], double[], double> Expected)> Losses = new()
    {
        ["keypoint_mse"] = (() => new KeypointMseLoss(), (output, target) => MseOfKeypoints(output, target).Average()),
        ["ohkm"] = (() => new KeypointOhkmLoss(2), (output, target) =>
            MseOfKeypoints(output, target).Chunk(Keypoints).Average(person => person.OrderDescending().Take(2).Average())),
        ["ohkm of all"] = (() => new KeypointOhkmLoss(Keypoints), (output, target) => MseOfKeypoints(output, target).Average()),
        ["adaptive_wing"] = (
            () => new AdaptiveWingLoss(2.1, 14, 1, 0.5, 0), (output, target) => AdaptiveWing(output, target, 2.1, 14, 1, 0.5, 0)),
        ["adaptive_wing, others"] = (
            () => new AdaptiveWingLoss(2.5, 8, 0.4, 0.3, 10), (output, target) => AdaptiveWing(output, target, 2.5, 8, 0.4, 0.3, 10)),
        ["kl"] = (() => new SimccKlLoss(Columns, 10, 10), (output, target) => Divergence(output, target, 10, 10)),
        ["kl of SimCC"] = (() => new SimccKlLoss(Columns, 1, null), (output, target) => Divergence(output, target, 1, null)),
    };

    public static TheoryData<string> Names => [.. Losses.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_the_value_of_its_definition(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = Losses[name].Create();
        var (output, targets) = Example(name);
        var expected = Losses[name].Expected(Numbers(output), Numbers(targets));
        Assert.True(expected > 0.001);
        Assert.Equal(expected, Value(loss, output, targets), 1e-5 * Math.Max(1, expected));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_the_gradient_of_finite_differences(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = Losses[name].Create();
        var (output, targets) = Example(name);
        output.requires_grad_();
        loss.Of(output, targets, WeightTensor()).backward();

        const double Step = 1e-5;
        var (values, wanted, gradient) = (Numbers(output), Numbers(targets), Numbers(output.grad!));
        var largest = gradient.Max(Math.Abs);
        for (var place = 0; place < values.Length; place += 3)
        {
            var slope = (At(Step) - At(-Step)) / (2 * Step);
            Assert.Equal(slope, gradient[place], 1e-4 * largest);

            double At(double change) =>
                Losses[name].Expected([.. values[..place], values[place] + change, .. values[(place + 1)..]], wanted);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Keypoints_of_weight_0_neither_count_nor_learn(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = Losses[name].Create();
        var (output, targets) = Example(name);
        var changed = output.clone();
        changed.select(0, 0).select(0, 1).add_(3);
        changed.requires_grad_();
        var value = loss.Of(changed, targets, WeightTensor());
        value.backward();
        Assert.Equal(Value(loss, output, targets), value.item<float>(), 6);
        Assert.Equal(0, changed.grad!.select(0, 0).select(0, 1).abs().sum().item<float>());
        Assert.Equal(0, loss.Of(output, targets, zeros(Persons, Keypoints)).item<float>());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_least_where_the_output_is_the_target(string name)
    {
        using var scope = NewDisposeScope();
        using var loss = Losses[name].Create();
        var (output, targets) = Example(name);
        var ideal = name == "kl of SimCC" ? targets.log() : targets;
        Assert.InRange(Value(loss, ideal, targets), -1e-6, 1e-6);
        Assert.True(Value(loss, output, targets) > 1e-3);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_in_half_precision_will_do_and_nothing_is_left_behind(string name)
    {
        using var loss = Losses[name].Create();
        using var scope = NewDisposeScope();
        var (output, targets) = Example(name);
        var (half, weights, expected) = (output.to_type(ScalarType.BFloat16), WeightTensor(), Value(loss, output, targets));
        var before = scope.DisposablesCount;
        using (var value = loss.Of(half, targets, weights))
        {
            Assert.Equal(ScalarType.Float32, value.dtype);
            Assert.Equal(expected, value.item<float>(), 0.1 * Math.Max(1, expected));
        }
        Assert.Equal(before, scope.DisposablesCount);
    }

    [Fact]
    public void The_sum_weighs_terms_and_outputs_and_its_mass_is_persons()
    {
        using var scope = NewDisposeScope();
        using var network = new TinyNetwork();
        var (output, targets) = Example("keypoint_mse");
        using var loss = new KeypointLoss(network, [new KeypointMseLoss { Weight = 3 }, new KeypointOhkmLoss(2)], [0.5]);
        using KeypointLossTerm mse = new KeypointMseLoss(), ohkm = new KeypointOhkmLoss(2);
        TrainingTargets batch = new(targets, WeightTensor());

        var expected = 0.5 * (3 * Value(mse, output, targets) + Value(ohkm, output, targets));
        Assert.Equal(expected, loss.Of([output], batch).item<float>(), 5);
        Assert.Equal(Persons, loss.Mass(batch).item<double>());
        Assert.True(loss.Counts(batch));
    }

    [Fact]
    public void Outputs_of_another_shape_and_targets_without_weights_are_told()
    {
        using var scope = NewDisposeScope();
        using var network = new TinyNetwork();
        using var loss = new KeypointLoss(network, [new KeypointMseLoss()], [1]);
        var fault = Assert.Throws<ArgumentException>(() => loss.Of([zeros(2, 3, 4, 4)], new(zeros(2, 3, 4, 5), ones(2, 3))));
        Assert.StartsWith("The network gives (2, 3, 4, 4), the codec's targets are (2, 3, 4, 5): model.codec", fault.Message);
        Assert.Throws<ArgumentException>(() => loss.Of([zeros(2, 3, 4, 5)], new(zeros(2, 3, 4, 5))));
    }

    [Theory]
    [InlineData("{ name: keypoint_mse }", typeof(KeypointMseLoss))]
    [InlineData("{ name: ohkm, top_k: 2 }", typeof(KeypointOhkmLoss))]
    [InlineData("{ name: adaptive_wing }", typeof(AdaptiveWingLoss))]
    public void Losses_of_heatmaps_are_made_of_their_names(string text, Type expected)
    {
        var codec = CodecFactory.Create(new HeatmapCodecConfig(), (64, 48), KeypointSet.Numbered(3));
        var config = ConfigReader.Parse<LossConfig>(text, "test");
        Assert.IsType(expected, Assert.Single(KeypointLossFactory.Create([config], codec)));
        Assert.Throws<ArgumentException>(() => KeypointLossFactory.Create([new SimccKlConfig()], codec));
    }

    [Theory]
    [InlineData("{ name: ohkm, top_k: 0 }", "top_k is 0; must be at least 1")]
    [InlineData("{ name: adaptive_wing, alpha: 1 }", "alpha is 1; must be above 1")]
    [InlineData("{ name: adaptive_wing, omega: 0 }", "omega is 0; must be above 0")]
    [InlineData("{ name: adaptive_wing, epsilon: -1 }", "epsilon is -1; must be above 0")]
    [InlineData("{ name: adaptive_wing, theta: 0 }", "theta is 0; must be above 0")]
    [InlineData("{ name: adaptive_wing, foreground_weight: -1 }", "foreground_weight is -1; must be 0 or more")]
    [InlineData("{ name: kl, beta: 0 }", "beta is 0; must be above 0")]
    [InlineData("{ name: kl, label_beta: 0 }", "label_beta is 0; must be above 0")]
    public void Faulty_configurations_are_told(string text, string problem) => Assert.Contains(
        problem, Assert.ThrowsAny<InputException>(() => ConfigReader.Parse<LossConfig>(text, "test")).Message, StringComparison.Ordinal);

    [Fact]
    public void Each_loss_says_for_which_models_it_is()
    {
        HRNetConfig backbone = new() { Width = 4 };
        SegmentationConfig segmentation = new() { Backbone = backbone, Head = new ConcatHeadConfig() };
        PoseConfig maps = new() { NumClasses = 5, Backbone = backbone };
        PoseConfig bins = new() { Backbone = backbone, Head = new SimccHeadConfig(), Codec = new SimccCodecConfig() };

        Assert.Null(new KeypointMseConfig().Misfit(maps));
        Assert.Null(new SimccKlConfig().Misfit(bins));
        Assert.Null(new DiceConfig().Misfit(segmentation));
        Assert.Equal("is dice, which is for model.type: segmentation", new DiceConfig().Misfit(maps));
        Assert.Equal("is keypoint_mse, which is for model.type: pose", new KeypointMseConfig().Misfit(segmentation));
        Assert.Equal("is adaptive_wing, which is for heatmaps; with model.codec.name: simcc take kl", new AdaptiveWingConfig().Misfit(bins));
        Assert.Equal("is kl, which is for model.codec.name: simcc; for heatmaps take keypoint_mse", new SimccKlConfig().Misfit(maps));
        Assert.Equal("has a top_k of 8, but the model has 5 keypoints", new KeypointOhkmConfig().Misfit(maps));
        Assert.All(new ModelConfig[] { segmentation, maps, bins }, model => Assert.Null(LossConfig.UsualOf(model).Misfit(model)));
    }

    /// <summary>Outputs near the targets and far from them; targets of bins add up to 1 on each axis.</summary>
    private static (Tensor Output, Tensor Targets) Example(string name)
    {
        using var scope = NewDisposeScope();
        var isOfMaps = !name.StartsWith("kl", StringComparison.Ordinal);
        long[] shape = isOfMaps ? [Persons, Keypoints, Height, Width] : [Persons, Keypoints, Columns + Rows];
        var places = arange(shape.Aggregate((product, extent) => product * extent), ScalarType.Float64).view(shape);
        var targets = (1.3 * places).sin().square();
        var output = targets + 0.9 * (0.7 * places + 0.2).cos();
        if (!isOfMaps)
        {
            var (columns, rows) = (targets.narrow(2, 0, Columns) + 0.01, targets.narrow(2, Columns, Rows) + 0.01);
            targets = cat([columns / columns.sum(2, keepdim: true), rows / rows.sum(2, keepdim: true)], 2);
        }
        return (AsFloat(output), AsFloat(targets));

        static Tensor AsFloat(Tensor tensor) => tensor.to_type(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    private static double[] MseOfKeypoints(double[] output, double[] target) =>
    [
        .. output.Zip(target, (value, wanted) => (value - wanted) * (value - wanted)).Chunk(Height * Width)
            .Select((squares, keypoint) => 0.5 * Weights[keypoint] * squares.Average()),
    ];

    private static double AdaptiveWing(
        double[] output, double[] target, double alpha, double omega, double epsilon, double theta, double foreground)
    {
        return output.Select((value, i) =>
        {
            var weight = Weights[i / (Height * Width)];
            var wanted = target[i] * weight;
            var (distance, exponent) = (Math.Abs(wanted - value * weight), alpha - wanted);
            var atTheta = Math.Pow(theta / epsilon, exponent);
            var slope = omega / (1 + atTheta) * exponent * Math.Pow(theta / epsilon, exponent - 1) / epsilon;
            var loss = distance < theta
                ? omega * Math.Log(1 + Math.Pow(distance / epsilon, exponent))
                : slope * distance - (theta * slope - omega * Math.Log(1 + atTheta));
            return loss * (1 + (IsForeground(i) ? foreground : 0));
        }).Average();

        bool IsForeground(int place)
        {
            var (map, row, column) = (place / (Height * Width), place / Width % Height, place % Width);
            return Enumerable.Range(0, Height * Width).Any(other =>
                Math.Abs(other / Width - row) <= 1 && Math.Abs(other % Width - column) <= 1
                && target[map * Height * Width + other] * Weights[map] >= 0.2);
        }
    }

    private static double Divergence(double[] output, double[] target, double beta, double? labelBeta)
    {
        return output.Chunk(Columns + Rows).Zip(target.Chunk(Columns + Rows)).Select((keypoint, i) =>
        {
            var (values, wanted) = keypoint;
            return Weights[i] * (OfAxis(values[..Columns], wanted[..Columns]) + OfAxis(values[Columns..], wanted[Columns..]));
        }).Average();

        double OfAxis(double[] values, double[] wanted)
        {
            var found = Softmax(values, beta);
            var labels = labelBeta is { } temperature ? Softmax(wanted, temperature) : wanted;
            return labels.Zip(found, (label, probability) => label * (Math.Log(label) - Math.Log(probability))).Average();
        }
        static double[] Softmax(double[] values, double beta)
        {
            double[] raised = [.. values.Select(value => Math.Exp(beta * value))];
            return [.. raised.Select(value => value / raised.Sum())];
        }
    }

    private static double Value(KeypointLossTerm loss, Tensor output, Tensor targets)
    {
        using var value = loss.Of(output, targets, WeightTensor());
        return value.item<float>();
    }

    private static Tensor WeightTensor() => tensor(Weights).to_type(ScalarType.Float32).view(Persons, Keypoints);

    private static double[] Numbers(Tensor tensor) => [.. tensor.detach().view(-1).to_type(ScalarType.Float64).data<double>()];
}
