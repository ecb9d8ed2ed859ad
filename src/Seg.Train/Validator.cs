using System.Diagnostics;
using Seg.Models.Networks;
using Seg.Models.Weights;
using Seg.Predict;
using Seg.Train.Checkpoints;
using Seg.Train.Datasets;
using Seg.Train.Metrics;
using Seg.Train.Runs;
using static TorchSharp.torch;

namespace Seg.Train;

/// <summary>Scores the network on the validation images, with the very predictor that users run, and draws some of them.</summary>
internal sealed class Validator(
    ISegmentationDataset images, ModelDescription description, PredictorOptions options, RunDirectory run, RunLog log, int previews)
{
    /// <returns>The scores, and how long they took (previews not counted).</returns>
    public (EvaluationResult Result, TimeSpan Elapsed) Run(
        Network network, TrainingPosition position, ITrainingProgress progress, CancellationToken cancellation)
    {
        // Making the predictor's copy of the network draws random numbers. Training must not notice whether it was validated in between.
        using var randomState = get_rng_state();
        try
        {
            var clock = Stopwatch.StartNew();
            using var predictor = new SegmentationPredictor(network, description, options);
            var result = SegmentationEvaluator.Evaluate(predictor, images, progress.Validating, cancellation);
            var elapsed = clock.Elapsed;
            WritePreviews(predictor, position, progress);
            return (result, elapsed);
        }
        finally
        {
            set_rng_state(randomState);
        }
    }

    private void WritePreviews(SegmentationPredictor predictor, TrainingPosition position, ITrainingProgress progress)
    {
        try
        {
            var folder = Path.Combine(run.Previews, $"epoch_{position.Epoch + 1:D4}");
            Previews.Write(folder, predictor, images, previews, (path, size) => log.WritePreview(path, position.Step, size));
        }
        catch (IOException error)
        {
            progress.Warning($"No previews were written: {error.Message}");
        }
    }
}
