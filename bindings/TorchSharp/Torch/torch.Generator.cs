using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers, whose state can be read and set.</summary>
    public unsafe class Generator : IDisposable
    {
        private nint handle;

        internal Generator(nint handle, Device device)
        {
            this.handle = handle;
            this.device = device;
        }

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            nint created;
            NativeError.Check(NativeMethods.seg_generator_new((int)this.device.type, this.device.index, (long)seed, &created));
            handle = created;
        }

        ~Generator() => Dispose(disposing: false);

        public IntPtr Handle => handle;

        public Device device { get; }

        /// <summary>Another reference to the CPU's default generator, which operators without a generator use.</summary>
        public static Generator Default => DefaultOf(CPU);

        /// <exception cref="ObjectDisposedException"/>
        internal nint ValidHandle =>
            handle != 0 ? handle : throw new ObjectDisposedException(nameof(Generator), "The generator has been disposed.");

        internal static Generator DefaultOf(Device device)
        {
            nint found;
            NativeError.Check(NativeMethods.seg_generator_default((int)device.type, device.index, &found));
            return new Generator(found, device);
        }

        /// <summary>The whole state, as a byte tensor on the CPU.</summary>
        public Tensor get_state()
        {
            nint state;
            NativeError.Check(NativeMethods.seg_generator_state(ValidHandle, &state));
            GC.KeepAlive(this);
            return new Tensor(state);
        }

        /// <param name="value">What <see cref="get_state"/> gave.</param>
        public void set_state(Tensor value)
        {
            ArgumentNullException.ThrowIfNull(value);
            NativeError.Check(NativeMethods.seg_generator_set_state(ValidHandle, value.Handle));
            GC.KeepAlive(this);
            GC.KeepAlive(value);
        }

        public Generator manual_seed(long seed)
        {
            NativeError.Check(NativeMethods.seg_generator_seed(ValidHandle, seed));
            return this;
        }

        /// <summary>Seeds from the clock and returns the seed.</summary>
        public long seed()
        {
            var seed = DateTime.UtcNow.Ticks;
            manual_seed(seed);
            return seed;
        }

        /// <summary>The seed that the generator was last given.</summary>
        public long initial_seed()
        {
            long seed;
            NativeError.Check(NativeMethods.seg_generator_initial_seed(ValidHandle, &seed));
            GC.KeepAlive(this);
            return seed;
        }

        public void Dispose()
        {
            Dispose(disposing: true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing) => NativeMethods.seg_generator_free(Interlocked.Exchange(ref handle, 0));
    }
}
