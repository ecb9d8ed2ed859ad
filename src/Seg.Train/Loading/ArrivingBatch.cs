using Seg.Models.Runtime;
using Seg.Train.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace Seg.Train.Loading;

/// <summary>A batch on its way to the device that trains. The buffer that it was filled into is kept until the batch has been used.</summary>
internal sealed class ArrivingBatch : IDisposable
{
    private readonly PendingBatch batch;
    private readonly BatchPool pool;
    private readonly Tensor images;
    private readonly TrainingTargets targets;
    private readonly IDeviceCopy? copy;

    /// <param name="batch">Filled; its buffer goes back to the pool with this object, or with the batch that it becomes.</param>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">The device's memory is short; the buffer is still the caller's.</exception>
    public ArrivingBatch(PendingBatch batch, Device device, BatchPool pool)
    {
        (this.batch, this.pool) = (batch, pool);
        (images, targets) = batch.Buffer.Take(batch.Indices.Length);
        if (device.type == DeviceType.CPU)
            return;
        try
        {
            copy = TorchRuntime.Current.StartCopy([images, .. targets.All], device);
        }
        catch
        {
            DisposeSources();
            throw;
        }
    }

    /// <summary>Hands the batch over to the step that trains on it.</summary>
    /// <param name="totalCount">Items of the whole batch, of which another rank may have a part.</param>
    public TrainingBatch Arrive(int totalCount)
    {
        if (copy is null)
            return Batch(images, targets);
        using (copy)
        {
            var arrived = copy.Wait();
            DisposeSources();
            return Batch(arrived[0], targets.With(arrived.AsSpan(1)));
        }

        TrainingBatch Batch(Tensor images, TrainingTargets targets) =>
            new(images, targets, batch.Indices, () => pool.Return(batch.Buffer)) { TotalCount = totalCount };
    }

    public void Dispose()
    {
        copy?.Dispose();
        DisposeSources();
        pool.Return(batch.Buffer);
    }

    private void DisposeSources()
    {
        images.Dispose();
        targets.Dispose();
    }
}
