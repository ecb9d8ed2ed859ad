using TorchSharp.Interop;

namespace TorchSharp;

public static unsafe partial class torch
{
    /// <summary>How the libraries below libtorch compute, for the whole process.</summary>
    public static partial class backends
    {
        public static partial class cuda
        {
            /// <summary>Matrix products on GPUs.</summary>
            public static partial class matmul
            {
                /// <summary>Whether float32 factors may be rounded to TF32's 10 bits.</summary>
                public static bool allow_tf32
                {
                    get => TensorFloat32().Matmul;
                    set => NativeError.Check(NativeMethods.seg_set_tf32_matmul(value ? 1 : 0));
                }
            }
        }

        /// <summary>Convolutions on GPUs.</summary>
        public static partial class cudnn
        {
            /// <summary>Whether float32 factors may be rounded to TF32's 10 bits.</summary>
            public static bool allow_tf32
            {
                get => TensorFloat32().Cudnn;
                set => NativeError.Check(NativeMethods.seg_set_tf32_cudnn(value ? 1 : 0));
            }
        }

        private static (bool Matmul, bool Cudnn) TensorFloat32()
        {
            int matmul, cudnn;
            NativeError.Check(NativeMethods.seg_tf32(&matmul, &cudnn));
            return (matmul != 0, cudnn != 0);
        }
    }
}
