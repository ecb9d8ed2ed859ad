using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>Whether operators on this tensor are recorded for gradients.</summary>
        public bool requires_grad
        {
            get => NativeMethods.seg_tensor_requires_grad(Handle) != 0;
            set
            {
                NativeError.Check(NativeMethods.seg_tensor_set_requires_grad(Handle, value ? 1 : 0));
                GC.KeepAlive(this);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true)
        {
            if (requires_grad != this.requires_grad)
                this.requires_grad = requires_grad;
            return this;
        }
    }
}
