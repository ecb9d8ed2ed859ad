using Seg.Models.Runtime;

namespace Seg.Predict.Tests;

/// <summary>Counts native tensors.</summary>
public class PredictorMemoryTests
{
    [Fact]
    public void Predicting_leaves_no_tensor_behind()
    {
        using var predictor = TestModel.CreatePredictor();
        using var image = TestImages.Pattern(64, 48);
        predictor.Predict(image);
        var before = CountTensors();
        for (var count = 0; count < 50; count++)
            predictor.Predict(image);
        Assert.Equal(before, TorchRuntime.Current.LiveTensors);
    }

    [Fact]
    public void A_disposed_predictor_leaves_no_tensor_behind()
    {
        TestModel.CreatePredictor().Dispose();
        var before = CountTensors();
        for (var count = 0; count < 5; count++)
            TestModel.CreatePredictor().Dispose();
        Assert.Equal(before, CountTensors());
    }

    /// <summary>After the finalizers have freed what earlier tests left behind.</summary>
    private static long? CountTensors()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return TorchRuntime.Current.LiveTensors;
    }
}
