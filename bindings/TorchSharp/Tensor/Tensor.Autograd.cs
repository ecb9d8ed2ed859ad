using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Gradients.
    public unsafe partial class Tensor
    {
        /// <summary>Whether operators on this tensor are recorded for gradients.</summary>
        public bool requires_grad
        {
            get => Alive(NativeMethods.seg_tensor_requires_grad(Handle)) != 0;
            set
            {
                NativeError.Check(NativeMethods.seg_tensor_set_requires_grad(Handle, value ? 1 : 0));
                GC.KeepAlive(this);
            }
        }

        /// <summary>Whether no recorded operator made this tensor.</summary>
        public bool is_leaf
        {
            get
            {
                int result;
                NativeError.Check(NativeMethods.seg_tensor_is_leaf(Handle, &result));
                GC.KeepAlive(this);
                return result != 0;
            }
        }

        /// <summary>
        /// The gradient that <see cref="backward()"/> has accumulated; a new reference at each reading, null where there is none.
        /// </summary>
        public Tensor? grad
        {
            get
            {
                nint gradient;
                NativeError.Check(NativeMethods.seg_tensor_grad(Handle, &gradient));
                GC.KeepAlive(this);
                return gradient == 0 ? null : new Tensor(gradient);
            }
            set
            {
                NativeError.Check(NativeMethods.seg_tensor_set_grad(Handle, value?.Handle ?? 0));
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true) => with_requires_grad(requires_grad);

        public Tensor with_requires_grad(bool requires_grad = true)
        {
            if (requires_grad != this.requires_grad)
                this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>Keeps the gradient of a tensor that is no leaf.</summary>
        public void retain_grad()
        {
            NativeError.Check(NativeMethods.seg_tensor_retain_grad(Handle));
            GC.KeepAlive(this);
        }

        /// <summary>The same memory outside of the recorded graph.</summary>
        public Tensor detach() => Aten.Detach.Tensor(this);

        public Tensor detach_() => Aten.DetachInPlace.InPlace(this);

        /// <summary>Accumulates the gradients of this single number into the leaves that it was computed from.</summary>
        public void backward() => autograd.backward([this]);

        public void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);
    }
}
