using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Other types, devices and memory. What is so already comes back as a new reference to the same tensor, unless a copy is asked for.
    public unsafe partial class Tensor
    {
        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            After(Aten.ToType.Tensor(this, type, non_blocking, copy), disposeAfter);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to_type(type, copy, disposeAfter, non_blocking);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            After(Aten.ToDevice.Tensor(this, device, dtype, non_blocking, copy), disposeAfter);

        public Tensor to(
            DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(device), copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            After(Aten.ToDevice.Tensor(this, device, type, non_blocking, copy), disposeAfter);

        public Tensor to(Tensor other, bool non_blocking = false) => to(other.dtype, other.device, non_blocking: non_blocking);

        public Tensor type_as(Tensor tensor) => to_type(tensor.dtype);

        public Tensor type(ScalarType dtype) => to_type(dtype);

        public Tensor cpu() => to(CPU);

        /// <exception cref="ArgumentException">The device is no CUDA device.</exception>
        public Tensor cuda(Device? device = null, bool non_blocking = false) => device is null || device.type == DeviceType.CUDA
            ? to(device ?? CUDA, non_blocking: non_blocking)
            : throw new ArgumentException("Not a CUDA device.", nameof(device));

        public Tensor @bool() => to_type(ScalarType.Bool);

        public Tensor @byte() => to_type(ScalarType.Byte);

        public Tensor @char() => to_type(ScalarType.Int8);

        public Tensor @short() => to_type(ScalarType.Int16);

        public Tensor @int() => to_type(ScalarType.Int32);

        public Tensor @long() => to_type(ScalarType.Int64);

        public Tensor half() => to_type(ScalarType.Float16);

        public Tensor bfloat16() => to_type(ScalarType.BFloat16);

        public Tensor @float() => to_type(ScalarType.Float32);

        public Tensor @double() => to_type(ScalarType.Float64);

        public Tensor clone() => Aten.Clone.Tensor(this);

        /// <summary>Overwrites the elements, with broadcasting and conversion of type and device.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false) => Aten.CopyInPlace.InPlace(this, source, nonBlocking);

        public Tensor fill_(Scalar value) => Aten.FillInPlace.InPlace(this, value);

        public Tensor zero_() => Aten.ZeroInPlace.InPlace(this);

        /// <summary>Lets this tensor use another's memory, shape and type of elements.</summary>
        public Tensor set_(Tensor source) => Aten.SetInPlace.InPlace(this, source);

        public Tensor pin_memory() => Aten.PinMemory.Tensor(this);

        public bool is_pinned() => Aten.IsPinned.Boolean(this);

        // As Python's `tensor.data = source`: autograd and optimizers keep knowing this tensor as the same one.
        internal void SetData(Tensor source)
        {
            NativeError.Check(NativeMethods.seg_tensor_set_data(Handle, source.Handle));
            GC.KeepAlive(this);
            GC.KeepAlive(source);
        }

        private Tensor After(Tensor result, bool disposeThis)
        {
            if (disposeThis)
                Dispose();
            return result;
        }
    }
}
