using System.Runtime.InteropServices;
using System.Text;

namespace TorchSharp.Interop;

/// <summary>Keys and values that processes share: libtorch's c10d::TCPStore, with a prefix before each key. Safe to call from any thread.</summary>
/// <remarks>Each call waits for the store's answer, for as long as that takes: a store that is lost without a word answers never.</remarks>
/// <exception cref="ExternalException">From every call: the store is gone.</exception>
public sealed unsafe class KeyStore : IDisposable
{
    private nint handle;

    /// <summary>Connects to a store, or opens one (which ends with this object) and connects to it.</summary>
    /// <param name="port">0: a free one, for a store that is opened.</param>
    /// <param name="timeout">How long to try to connect.</param>
    /// <exception cref="ExternalException">The port is taken, or nobody answers there in time, or this libtorch has no c10d.</exception>
    public KeyStore(string host, int port, bool isServer, string prefix, TimeSpan timeout)
    {
        nint opened;
        fixed (byte* hostBytes = Bytes(host), prefixBytes = Bytes(prefix))
            NativeError.Check(NativeMethods.seg_store_open(hostBytes, port, isServer ? 1 : 0, prefixBytes, (int)timeout.TotalMilliseconds, &opened));
        handle = opened;
        int used;
        NativeError.Check(NativeMethods.seg_store_port(opened, &used));
        Port = used;
    }

    ~KeyStore() => Free();

    /// <summary>Whether this libtorch has a store and groups of processes.</summary>
    public static bool IsAvailable => NativeMethods.seg_distributed_available() != 0;

    public int Port { get; }

    internal nint Handle => handle != 0 ? handle : throw new ObjectDisposedException(nameof(KeyStore));

    public void Set(string key, ReadOnlySpan<byte> value)
    {
        fixed (byte* keyBytes = Bytes(key), data = value)
            NativeError.Check(NativeMethods.seg_store_set(Handle, keyBytes, data, value.Length));
        GC.KeepAlive(this);
    }

    /// <returns>null where the key is not there (yet).</returns>
    public byte[]? Get(string key)
    {
        fixed (byte* keyBytes = Bytes(key))
        {
            int there, length;
            NativeError.Check(NativeMethods.seg_store_check(Handle, keyBytes, &there));
            if (there == 0)
                return null;
            byte* data;
            NativeError.Check(NativeMethods.seg_store_get(Handle, keyBytes, &data, &length));
            var value = new ReadOnlySpan<byte>(data, length).ToArray();
            NativeMethods.seg_list_free(data);
            GC.KeepAlive(this);
            return value;
        }
    }

    /// <summary>Adds to a key's number, 0 where it is not there yet.</summary>
    /// <returns>The sum.</returns>
    public long Add(string key, long amount)
    {
        long sum;
        fixed (byte* keyBytes = Bytes(key))
            NativeError.Check(NativeMethods.seg_store_add(Handle, keyBytes, amount, &sum));
        GC.KeepAlive(this);
        return sum;
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text + '\0');

    private void Free()
    {
        if (Interlocked.Exchange(ref handle, 0) is var open and not 0)
            NativeMethods.seg_store_free(open);
    }
}
