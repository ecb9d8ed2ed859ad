using Seg.Models.Configuration;
using Seg.Models.Networks;
using Seg.Models.Weights;
using Seg.Predict.Jobs;
using TorchSharp;

namespace Seg.Predict.Tests;

/// <summary>A very small HRNet with random weights, which finds all three test classes somewhere: enough to see what is done with its output.</summary>
internal static class TestModel
{
    public static SegmentationDescription Description { get; } = new()
    {
        Model = new SegmentationConfig
        {
            NumClasses = 3,
            Backbone = new HRNetConfig { Width = 4, BottleneckChannels = 4, BlocksPerStage = [1, 1, 1, 1], ModulesPerStage = [1, 1, 1] },
            Head = new ConcatHeadConfig(),
        },
        Labels = TestImages.Classes,
        InputSize = [48, 64],
    };

    /// <summary>The same weights each time.</summary>
    public static Network Create() => Create(Description.Model);

    /// <summary>As <see cref="Create()"/>, of any configuration.</summary>
    public static Network Create(ModelConfig config)
    {
        torch.random.manual_seed(3);
        var network = NetworkFactory.Create(config);
        // Convolutions begin so small that every logit is near its bias; larger ones make the output depend on the image.
        using var noGrad = torch.no_grad();
        foreach (var (name, parameter) in network.named_parameters())
        {
            if (parameter.dim() == 4)
                torch.nn.init.kaiming_normal_(parameter);
        }
        return network;
    }

    public static SegmentationPredictor CreatePredictor(PredictorOptions? options = null)
    {
        using var network = Create();
        return new SegmentationPredictor(network, Description, options ?? new PredictorOptions { Precision = Seg.Models.Runtime.Precision.Fp32 });
    }

    /// <summary>A prediction of one input by it, in float32, into the folder's <c>out</c>.</summary>
    /// <param name="input">A path in the folder, or an address.</param>
    public static PredictRequest Request(TestFolder folder, string input) => new()
    {
        Model = Save(folder),
        Inputs = [input.Contains(':') ? input : folder[input]],
        Output = folder["out"],
        Predictor = new PredictorOptions { Precision = Seg.Models.Runtime.Precision.Fp32 },
    };

    /// <summary>Writes the model file and returns its path.</summary>
    public static string Save(TestFolder folder)
    {
        using var network = Create();
        ModelFile.Save(folder["model.safetensors"], network, Description);
        return folder["model.safetensors"];
    }
}
