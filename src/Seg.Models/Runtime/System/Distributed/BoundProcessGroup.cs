using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Seg.Models.Runtime;

internal sealed class BoundProcessGroup(ProcessGroup group) : IProcessGroup
{
    // PyTorch's numbers: large enough for the network, small enough to be under way early.
    private const long FirstBucketBytes = 1 << 20, BucketBytes = 25 << 20;

    public void Sum(Tensor tensor) => group.Sum(tensor);

    public Tensor Gather(Tensor tensor) => group.Gather(tensor);

    public void Broadcast(IReadOnlyList<Tensor> tensors, int source) => group.Broadcast(tensors, source);

    public IGradientReducer Reduce(IReadOnlyList<Parameter> parameters) =>
        new Reducer(new GradientReducer(group, parameters, FirstBucketBytes, BucketBytes));

    public IDisposable SynchronizeBatchNorm() => SyncBatchNorm.Enable(group);

    public void Abort(string reason) => group.Abort(reason);

    public void Dispose() => group.Dispose();

    private sealed class Reducer(GradientReducer reducer) : IGradientReducer
    {
        public void Arm() => reducer.Arm();

        public void Finish() => reducer.Finish();

        public void Dispose() => reducer.Dispose();
    }
}
