using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Batch normalisation (Ioffe and Szegedy, arXiv:1502.03167) over all dimensions but the second.</summary>
public abstract class BatchNorm : NormBase
{
    /// <inheritdoc/>
    public BatchNorm(
        long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype,
        string name)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
    {
    }

    public override Tensor forward(Tensor input)
    {
        ValidateInputDimensions(input);
        bool updateStatistics = training && num_batches_tracked is not null;
        if (updateStatistics)
            num_batches_tracked!.add_(1);
        double batchWeight = momentum ?? (updateStatistics ? 1.0 / num_batches_tracked!.item<long>() : 0);
        bool useRunning = !training || track_running_stats;
        return functional.batch_norm(
            input, useRunning ? running_mean : null, useRunning ? running_var : null, weight, bias,
            training || (running_mean is null && running_var is null), batchWeight, eps);
    }
}
