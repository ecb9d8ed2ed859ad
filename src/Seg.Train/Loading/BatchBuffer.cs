using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Seg.Train.Loading;

/// <summary>Memory for one batch, filled by many threads, each its own sample, and used again and again.</summary>
internal sealed class BatchBuffer : IDisposable
{
    private readonly int samples;
    private readonly Tensor images, labels;

    public BatchBuffer(int samples, int height, int width)
    {
        this.samples = samples;
        // The memory outlives any scope that the thread which asks for it may have open.
        images = empty(samples, height, width, 3, dtype: ScalarType.Float32).DetachFromDisposeScope();
        labels = empty(samples, height, width, dtype: ScalarType.Byte).DetachFromDisposeScope();
    }

    /// <summary>One sample's numbers, by row, then pixel, then R, G, B.</summary>
    public Span<float> Image(int sample) => Part(MemoryMarshal.Cast<byte, float>(images.bytes), sample);

    /// <summary>One sample's labels, by row.</summary>
    public Span<byte> Labels(int sample) => Part(labels.bytes, sample);

    /// <summary>The first samples as float32 (count, 3, H, W) and uint8 (count, H, W), which share this memory.</summary>
    public (Tensor Images, Tensor Labels) Take(int count)
    {
        using var part = images.narrow(0, 0, count);
        return (part.permute(0, 3, 1, 2).DetachFromDisposeScope(), labels.narrow(0, 0, count).DetachFromDisposeScope());
    }

    public void Dispose()
    {
        images.Dispose();
        labels.Dispose();
    }

    private Span<T> Part<T>(Span<T> all, int sample) => all.Slice(sample * (all.Length / samples), all.Length / samples);
}
