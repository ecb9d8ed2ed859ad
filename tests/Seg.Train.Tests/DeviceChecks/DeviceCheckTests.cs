using System.Text.Json;
using Seg.Models;
using Seg.Train.DeviceChecks;
using static TorchSharp.torch;

namespace Seg.Train.Tests.DeviceChecks;

public class DeviceCheckTests
{
    [Fact]
    public void The_processor_agrees_with_its_own_float64_and_learns_in_both_precisions()
    {
        var report = DeviceCheckJob.Run(new DeviceCheckRequest { Quick = true, Only = ["blocks", "seg_hrnet_w18s"] });

        Assert.All(report.Findings, finding => Assert.True(finding.IsWithin, $"{finding.Name}: {string.Join(", ", finding.Errors)}"));
        Assert.Equal(["fp32", "bf16"], report.Trainings.Select(training => training.Precision));
        Assert.All(report.Trainings, training => Assert.True(training.Learns, $"{training.Precision}: {string.Join(", ", training.Losses)}"));
        Assert.True(report.Passed);
        Assert.False(report.IsGpu);

        // Two orders of adding never agree in every bit: an error of zero would mean that nothing was compared.
        var network = report.Findings.Single(finding => finding.Name == "seg_hrnet_w18s");
        Assert.Equal(["output", "gradient", "prediction_fp32", "prediction_bf16"], network.Errors.Select(error => error.Check));
        Assert.All(network.Errors, error => Assert.True(error.Error > 0));
        using var json = JsonDocument.Parse(report.ToJson());
        Assert.True(json.RootElement.GetProperty("passed").GetBoolean());
        Assert.Equal(report.Findings.Count, json.RootElement.GetProperty("comparisons").GetArrayLength());
    }

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(1, true)]
    [InlineData(1.01, false)]
    [InlineData(double.NaN, false)]
    [InlineData(double.PositiveInfinity, false)]
    public void An_error_beyond_its_limit_fails_the_check(double error, bool isWithin)
    {
        DeviceFinding finding = new("a block", [1, 2], [new("output", 0, 1), new("gradient", error, 1)]);
        Assert.Equal(isWithin, finding.IsWithin);
        DeviceCheckReport report = new() { Device = "cuda:0", Runtime = "", IsGpu = true, Findings = [finding], Trainings = [] };
        Assert.Equal(isWithin, report.Passed);
        using var json = JsonDocument.Parse(report.ToJson());   // also of what is no number
        Assert.Equal(isWithin, json.RootElement.GetProperty("comparisons")[0].GetProperty("within").GetBoolean());
    }

    [Theory]
    [InlineData(true, 3.0, 2.9, 2.0, 1.9)]
    [InlineData(false, 3.0, 2.9, 2.9, 2.9)]
    [InlineData(false, 3.0, double.NaN, 1.0, 1.0)]
    public void A_training_learns_where_its_loss_falls(bool learns, params double[] losses) =>
        Assert.Equal(learns, new TrainingFinding("fp32", losses, 0, 1, 1).Learns);

    [Theory]
    [InlineData(null, true)]
    [InlineData(0.05, true)]
    [InlineData(0.06, false)]
    [InlineData(double.NaN, false)]
    public void A_graph_whose_losses_are_others_fails_the_check(double? difference, bool passes)
    {
        TrainingFinding finding = new("bf16", [3, 2, 1, 1, 1], 0, 1, 1) { GraphDifference = difference };
        Assert.Equal(passes, finding.Passes);
        Assert.Equal(passes, new DeviceCheckReport { Device = "cuda:0", Runtime = "", IsGpu = true, Findings = [], Trainings = [finding] }.Passed);
    }

    [Fact]
    public void A_graph_that_cannot_be_had_fails_the_check_with_its_reason()
    {
        var finding = TrainingCheck.RunGraphed(new("fp32", [3, 2], 0, 1, 1), CPU, ScalarType.Float32, batch: 1, (32, 32), CancellationToken.None);
        DeviceCheckReport report = new() { Device = "cpu", Runtime = "", IsGpu = false, Findings = [], Trainings = [finding] };

        Assert.False(report.Passed);
        using var json = JsonDocument.Parse(report.ToJson());
        Assert.Contains("CUDA graphs are for GPUs", json.RootElement.GetProperty("trainings")[0].GetProperty("fault").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Losses_with_and_without_a_graph_are_compared_while_they_can_be_alike()
    {
        double[] plain = [.. Enumerable.Repeat(2.0, 40)], graphed = [.. plain];
        graphed[5] = 2.1;
        graphed[39] = 0.1;   // by then rounding alone has led elsewhere
        Assert.Equal(0.05, TrainingCheck.Difference(plain, graphed), 10);
    }

    [Fact]
    public void All_networks_with_a_name_are_chosen_or_those_asked_for()
    {
        var all = CheckedNetworks.Chosen(quick: false, only: null).Select(subject => subject.Name).ToArray();
        Assert.Contains("seg_hrnet_w48", all);
        Assert.Contains("lrnet101", all);
        Assert.Contains(all, name => name.StartsWith("local_relation", StringComparison.Ordinal));
        Assert.Equal(["pose_resnet50"], CheckedNetworks.Chosen(quick: true, ["pose_resnet50"]).Select(subject => subject.Name));
        Assert.Contains(
            "did you mean 'seg_hrnet_w48'",
            Assert.Throws<InputException>(() => CheckedNetworks.Chosen(quick: true, ["seg_hrnet_w48z"])).Message, StringComparison.Ordinal);
    }
}
