using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor of libtorch: PyTorch's members under TorchSharp's names.</summary>
    /// <remarks>
    /// Holds one reference to native memory. Dispose it (`using`), or make it inside a <see cref="NewDisposeScope"/>; a finalizer frees
    /// what was forgotten. Members throw <see cref="ObjectDisposedException"/> after disposal and
    /// <see cref="System.Runtime.InteropServices.ExternalException"/>, with libtorch's text, for what libtorch rejects.
    /// </remarks>
    public unsafe partial class Tensor : IDisposable
    {
        internal nint handle;

        internal Tensor(nint handle, bool register = true)
        {
            this.handle = handle;
            if (register)
                DisposeScopeManager.ThreadSingleton.Register(this);
        }

        // Runs on the finalizer's thread: it must touch neither scopes nor statistics, which belong to other threads. A tensor in a scope
        // that is still reachable is reachable itself and never comes here.
        ~Tensor() => Free();

        /// <summary>Native references that C# holds now, in all threads.</summary>
        public static long TotalCount => NativeTensors.Live;

        public string? name { get; set; }

        /// <summary>The native tensor.</summary>
        /// <exception cref="ObjectDisposedException">The tensor has been disposed.</exception>
        public IntPtr Handle => handle != 0 ? handle : throw new ObjectDisposedException(nameof(Tensor), "The tensor has been disposed.");

        /// <summary>Whether the tensor has been disposed.</summary>
        public bool IsInvalid => handle == 0;

        internal DisposeScope? OwningDisposeScope { get; set; }

        internal Tensor? PreviousInScope { get; set; }

        internal Tensor? NextInScope { get; set; }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (handle == 0)
                return;
            DisposeScopeManager.ThreadSingleton.Disposing(this);
            Free();
        }

        // The exchange lets one of two racing threads free the handle.
        private void Free()
        {
            var owned = Interlocked.Exchange(ref handle, 0);
            if (owned != 0)
                NativeMethods.seg_tensor_free(owned);
        }

        /// <summary>Hands the tensor to the scope around the one it is in; without one, to its user.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Takes the tensor out of its scope: its user disposes it.</summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        /// <summary>Hands the tensor to the scope that another tensor is in.</summary>
        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is null)
                other?.Attach(this);
            else
                OwningDisposeScope.MoveToOther(other, this);
            return this;
        }

        /// <summary>Gives the native reference away: this object is as good as disposed.</summary>
        public IntPtr DecoupleFromNativeHandle()
        {
            OwningDisposeScope?.Remove(this);
            GC.SuppressFinalize(this);
            return MoveHandle();
        }

        /// <summary>Another reference to the same tensor, to be disposed on its own.</summary>
        public Tensor alias()
        {
            nint result;
            NativeError.Check(NativeMethods.seg_tensor_alias(Handle, &result));
            GC.KeepAlive(this);
            return new Tensor(result);
        }

        /// <exception cref="ObjectDisposedException"/>
        internal nint MoveHandle()
        {
            var moved = Interlocked.Exchange(ref handle, 0);
            return moved != 0 ? moved : throw new ObjectDisposedException(nameof(Tensor), "The tensor has been disposed.");
        }
    }
}
