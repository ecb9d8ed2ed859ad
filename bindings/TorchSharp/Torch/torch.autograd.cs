using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Gradients of recorded operators.</summary>
    public static unsafe partial class autograd
    {
        /// <summary>The gradients of outputs by inputs, without touching any tensor's own gradient.</summary>
        /// <param name="grad_outputs">What each output counts; absent for single numbers.</param>
        /// <param name="allow_unused">Gives null for an input that the outputs do not depend on, instead of failing.</param>
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null,
            bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            var (from, to, weights) = (Handles(outputs), Handles(inputs), Handles(grad_outputs));
            var results = new nint[to.Length];
            fixed (nint* o = from, i = to, w = weights, r = results)
                NativeError.Check(NativeMethods.seg_grad(
                    o, from.Length, i, to.Length, w, weights.Length, retain_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, r));
            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return results.Select(handle => handle == 0 ? null! : new Tensor(handle)).ToArray();
        }

        /// <summary>Accumulates the gradients of tensors into the leaves that they were computed from, or into `inputs` alone.</summary>
        /// <param name="retain_graph">
        /// Keeps what was recorded for another pass; by default it is kept if <paramref name="create_graph"/> is.
        /// </param>
        /// <param name="create_graph">Records the pass itself, for second derivatives.</param>
        public static void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null)
        {
            var (from, weights, to) = (Handles(tensors), Handles(grad_tensors), Handles(inputs));
            fixed (nint* t = from, g = weights, i = to)
                NativeError.Check(NativeMethods.seg_backward(
                    t, from.Length, g, weights.Length, i, to.Length, retain_graph ?? create_graph ? 1 : 0, create_graph ? 1 : 0));
            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }

        public static void backward(
            Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        public static AnomalyMode detect_anomaly(bool check_nan = true) => new(true, check_nan);

        public static AnomalyMode set_detect_anomaly(bool mode, bool check_nan = true) => new(mode, check_nan);

        private static nint[] Handles(IList<Tensor>? tensors)
        {
            var handles = new nint[tensors?.Count ?? 0];
            for (var i = 0; i < handles.Length; i++)
                handles[i] = tensors![i]?.Handle ?? 0;
            return handles;
        }
    }
}
