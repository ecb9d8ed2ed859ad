using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Seg.Train.Distributed;

/// <summary>A process that trains alone.</summary>
public sealed class OneRank : IRanks
{
    public int Rank => 0;

    public int Size => 1;

    public int LocalSize => 1;

    public bool Any(bool own) => own;

    public void Sum(double[] numbers) { }

    public void Sum(long[] numbers) { }

    public T FromFirst<T>(Func<T> make) => make();

    public IReadOnlyList<T> Gather<T>(IReadOnlyList<T> own) => own;

    public byte[][] GatherBytes(byte[] own) => [own];

    public void Broadcast(IReadOnlyList<Tensor> tensors) { }

    public void RequireSame(StartFacts facts) { }

    public GradientExchange? Exchange(IReadOnlyList<Parameter> parameters, bool syncBatchNorm) => null;

    public Exception Failed(Exception error) => error;

    public void Leave() { }

    public void Dispose() { }
}
