using System.Diagnostics.CodeAnalysis;
using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    // Elements as C# values.
    public unsafe partial class Tensor
    {
        /// <summary>The elements in memory, in their order there. Valid as long as the tensor lives and keeps its memory.</summary>
        /// <exception cref="InvalidOperationException">The tensor is not contiguous, or not on the CPU.</exception>
        /// <exception cref="ArgumentException">More than 2 GiB; or, when set, another number of bytes than the tensor has.</exception>
        public Span<byte> bytes
        {
            get
            {
                var total = NumberOfElements * ElementSize;
                if (!is_contiguous())
                    throw new InvalidOperationException("The bytes of a tensor that is not contiguous are no one span; use contiguous().");
                if (total > int.MaxValue)
                    throw new ArgumentException($"A span holds at most 2 GiB, the tensor {total} bytes.");
                return new Span<byte>(DataPointer(), (int)total);
            }
            set
            {
                var target = bytes;
                if (target.Length != value.Length)
                    throw new ArgumentException($"The tensor has {target.Length} bytes, not {value.Length}.");
                value.CopyTo(target);
            }
        }

        /// <summary>The elements, by position; a copy on the CPU where the tensor is elsewhere.</summary>
        /// <typeparam name="T">The C# type of the tensor's elements: byte, sbyte, short, int, long, Half, BFloat16, float, double,
        /// bool.</typeparam>
        /// <exception cref="ArgumentException">The tensor's elements are of another type.</exception>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            ValidateType<T>();
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        /// <summary>The one element of the tensor.</summary>
        /// <exception cref="ArgumentException">The tensor has more or fewer, or elements of another type.</exception>
        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1)
                throw new ArgumentException($"item() takes a tensor of one element, not {NumberOfElements}.");
            ValidateType<T>();
            if (device_type == DeviceType.CPU)
            {
                var value = *(T*)DataPointer();
                GC.KeepAlive(this);
                return value;
            }
            using var copy = cpu();
            return *(T*)copy.DataPointer();
        }

        /// <summary>The one element of the tensor, as a number that keeps its type.</summary>
        public Scalar ToScalar() => dtype switch
        {
            ScalarType.Byte => item<byte>(),
            ScalarType.Int8 => item<sbyte>(),
            ScalarType.Int16 => item<short>(),
            ScalarType.Int32 => item<int>(),
            ScalarType.Int64 => item<long>(),
            ScalarType.Float16 => item<Half>(),
            ScalarType.BFloat16 => item<BFloat16>(),
            ScalarType.Float32 => item<float>(),
            ScalarType.Float64 => item<double>(),
            ScalarType.Bool => item<bool>(),
            var other => throw new NotSupportedException($"An element of type {other} is no number of C#."),
        };

        public double ReadCpuDouble(long i) => TensorAccessor<double>.ReadItemAt(this, i);

        public float ReadCpuSingle(long i) => TensorAccessor<float>.ReadItemAt(this, i);

        public int ReadCpuInt32(long i) => TensorAccessor<int>.ReadItemAt(this, i);

        public long ReadCpuInt64(long i) => TensorAccessor<long>.ReadItemAt(this, i);

        public byte ReadCpuByte(long i) => TensorAccessor<byte>.ReadItemAt(this, i);

        public bool ReadCpuBool(long i) => TensorAccessor<bool>.ReadItemAt(this, i);

        public T ReadCpuValue<T>(long i) where T : unmanaged => TensorAccessor<T>.ReadItemAt(this, i);

        /// <summary>Writes the elements' bytes, in the order of a contiguous tensor.</summary>
        public void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            var (memory, total) = ContiguousMemory();
            for (long at = 0; at < total; at += int.MaxValue)
                stream.Write(new ReadOnlySpan<byte>((byte*)memory + at, (int)Math.Min(total - at, int.MaxValue)));
            GC.KeepAlive(this);
        }

        /// <summary>Overwrites the elements by bytes from a stream.</summary>
        /// <exception cref="EndOfStreamException">The stream ends before the tensor is full.</exception>
        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            var (memory, total) = ContiguousMemory();
            for (long at = 0; at < total; at += int.MaxValue)
                stream.ReadExactly(new Span<byte>((byte*)memory + at, (int)Math.Min(total - at, int.MaxValue)));
            GC.KeepAlive(this);
        }

        public static explicit operator float(Tensor value) => value.ToSingle();

        public static explicit operator double(Tensor value) => value.ToDouble();

        public static explicit operator int(Tensor value) => value.ToInt32();

        public static explicit operator long(Tensor value) => value.ToInt64();

        public static explicit operator bool(Tensor value) => value.ToBoolean();

        public static implicit operator Tensor(byte value) => tensor(value);

        public static implicit operator Tensor(int value) => tensor(value);

        public static implicit operator Tensor(long value) => tensor(value);

        public static implicit operator Tensor(float value) => tensor(value);

        public static implicit operator Tensor(double value) => tensor(value);

        public static implicit operator Tensor(bool value) => tensor(value);

        // Makes Scalar the nearer of the two wherever an operator takes either and is given a plain number.
        public static implicit operator Tensor(Scalar scalar) => full([], scalar, scalar.Type);

        /// <summary>The address of the first element, in the CPU's memory. The caller keeps the tensor alive while it uses that.</summary>
        /// <exception cref="InvalidOperationException">The tensor is on another device.</exception>
        internal void* DataPointer()
        {
            if (device_type != DeviceType.CPU)
                throw new InvalidOperationException($"The elements of a tensor on {device} cannot be read here; copy it with cpu().");
            if (OperatorLog.IsListening)
                OperatorLog.RecordRead(this);
            void* data;
            NativeError.Check(NativeMethods.seg_tensor_data(Handle, &data));
            GC.KeepAlive(this);
            return data;
        }

        internal void ValidateType<T>() where T : unmanaged
        {
            if (!ElementTypes.TryGet(typeof(T), out var type) || type != dtype)
                ThrowWrongType(typeof(T));
        }

        [DoesNotReturn]
        private void ThrowWrongType(Type type) => throw new ArgumentException($"{type.Name} is not compatible with {dtype}");

        private (nint Memory, long Bytes) ContiguousMemory() => is_contiguous()
            ? ((nint)DataPointer(), NumberOfElements * ElementSize)
            : throw new InvalidOperationException("The bytes of a tensor that is not contiguous cannot be streamed; use contiguous().");
    }
}
