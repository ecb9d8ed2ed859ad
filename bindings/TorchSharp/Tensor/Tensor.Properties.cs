using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // What a tensor says about itself.
    public unsafe partial class Tensor
    {
        public long Dimensions => Alive(NativeMethods.seg_tensor_dim(Handle));

        public long ndim => Dimensions;

        public long NumberOfElements => Alive(NativeMethods.seg_tensor_numel(Handle));

        /// <summary>Bytes of one element.</summary>
        public long ElementSize => Alive(NativeMethods.seg_tensor_element_size(Handle));

        public ScalarType dtype => (ScalarType)Alive(NativeMethods.seg_tensor_dtype(Handle));

        public Device device
        {
            get
            {
                var packed = PackedDevice;
                var (type, index) = ((DeviceType)(packed >> 32), (int)packed);
                return type == DeviceType.CPU && index < 0 ? CPU : new Device(type, index);
            }
        }

        public DeviceType device_type => (DeviceType)(PackedDevice >> 32);

        public int device_index => (int)PackedDevice;

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        /// <summary>The size of every dimension; a new array.</summary>
        public long[] shape
        {
            get
            {
                var sizes = new long[Dimensions];
                fixed (long* target = sizes)
                    NativeError.Check(NativeMethods.seg_tensor_sizes(Handle, target, sizes.Length));
                GC.KeepAlive(this);
                return sizes;
            }
        }

        public bool is_cpu() => device_type == DeviceType.CPU;

        public long dim() => Dimensions;

        public long numel() => NumberOfElements;

        public long element_size() => ElementSize;

        /// <summary>The size of every dimension.</summary>
        public long[] size() => shape;

        /// <summary>The size of one dimension; negative ones count from the end.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
        public long size(int dim)
        {
            var sizes = shape;
            var index = dim < 0 ? dim + sizes.Length : dim;
            return (uint)index < (uint)sizes.Length
                ? sizes[index]
                : throw new ArgumentOutOfRangeException(nameof(dim), dim, $"A tensor of {sizes.Length} dimensions has none {dim}.");
        }

        /// <summary>Elements to step over in memory, for every dimension; a new array.</summary>
        public long[] stride()
        {
            var strides = new long[Dimensions];
            fixed (long* target = strides)
                NativeError.Check(NativeMethods.seg_tensor_strides(Handle, target, strides.Length));
            GC.KeepAlive(this);
            return strides;
        }

        public long stride(int dim)
        {
            var strides = stride();
            var index = dim < 0 ? dim + strides.Length : dim;
            return (uint)index < (uint)strides.Length
                ? strides[index]
                : throw new ArgumentOutOfRangeException(nameof(dim), dim, $"A tensor of {strides.Length} dimensions has none {dim}.");
        }

        public long storage_offset()
        {
            long offset;
            NativeError.Check(NativeMethods.seg_tensor_storage_offset(Handle, &offset));
            GC.KeepAlive(this);
            return offset;
        }

        public bool is_contiguous() => IsContiguous(MemoryFormat.ContiguousFormat);

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        // The device's type in the upper half, its index in the lower.
        private long PackedDevice => Alive(NativeMethods.seg_tensor_device(Handle));

        internal bool IsContiguous(int memoryFormat)
        {
            int result;
            NativeError.Check(NativeMethods.seg_tensor_is_contiguous(Handle, memoryFormat, &result));
            GC.KeepAlive(this);
            return result != 0;
        }

        // Hands on what a native call gave, and keeps the finalizer away until that call has ended.
        private T Alive<T>(T result)
        {
            GC.KeepAlive(this);
            return result;
        }
    }
}
