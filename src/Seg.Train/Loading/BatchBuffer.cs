using System.Runtime.InteropServices;
using Seg.Train.Losses;
using static TorchSharp.torch;

namespace Seg.Train.Loading;

/// <summary>Memory for one batch, filled by many threads, each its own sample, and used again and again.</summary>
internal sealed class BatchBuffer : IDisposable
{
    private readonly int samples;
    private readonly bool pinned;
    private readonly Tensor images, main;
    private readonly Tensor? weights;
    private readonly Tensor[] further;

    /// <param name="pinned">Whether a GPU is to read the memory by itself.</param>
    public BatchBuffer(int samples, BatchLayout layout, bool pinned = false)
    {
        (this.samples, this.pinned) = (samples, pinned);
        images = Empty(new(ScalarType.Float32, layout.Height, layout.Width, 3));
        main = Empty(layout.Main);
        weights = layout.Weights is null ? null : Empty(layout.Weights);
        further = [.. layout.Further.Select(Empty)];
    }

    /// <summary>One sample's numbers, by row, then pixel, then R, G, B.</summary>
    public Span<float> Image(int sample) => Part<float>(images, sample);

    /// <summary>One sample's main targets.</summary>
    /// <typeparam name="T">That of the layout's type: byte or float.</typeparam>
    public Span<T> Main<T>(int sample) where T : struct => Part<T>(main, sample);

    /// <summary>One sample's weights, where the layout has some.</summary>
    public Span<float> Weights(int sample) => Part<float>(weights!, sample);

    /// <summary>One sample's numbers of a further target, by the target's place in the layout.</summary>
    /// <typeparam name="T">That of the layout's type: byte or float.</typeparam>
    public Span<T> Further<T>(int number, int sample) where T : struct => Part<T>(further[number], sample);

    /// <summary>The first samples, float32 (count, 3, H, W) and the layout's targets, which share this memory.</summary>
    public (Tensor Images, TrainingTargets Targets) Take(int count)
    {
        using var part = images.narrow(0, 0, count);
        TrainingTargets targets = new(First(main), weights is null ? null : First(weights)) { Further = [.. further.Select(First)] };
        return (part.permute(0, 3, 1, 2).DetachFromDisposeScope(), targets);

        Tensor First(Tensor all) => all.narrow(0, 0, count).DetachFromDisposeScope();
    }

    public void Dispose()
    {
        images.Dispose();
        main.Dispose();
        weights?.Dispose();
        foreach (var target in further)
            target.Dispose();
    }

    /// <summary>The memory outlives any scope that the thread which asks for it may have open.</summary>
    private Tensor Empty(TensorLayout layout)
    {
        var pageable = empty([samples, .. layout.Shape], dtype: layout.Type).DetachFromDisposeScope();
        if (!pinned)
            return pageable;
        using (pageable)
            return pageable.pin_memory().DetachFromDisposeScope();
    }

    /// <summary>One sample's elements; all of them may be more than a span can hold.</summary>
    private static Span<T> Part<T>(Tensor tensor, int sample) where T : struct
    {
        using var part = tensor.narrow(0, sample, 1);
        return MemoryMarshal.Cast<byte, T>(part.bytes);
    }
}
