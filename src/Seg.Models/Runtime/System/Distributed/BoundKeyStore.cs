using TorchSharp.Interop;

namespace Seg.Models.Runtime;

internal sealed class BoundKeyStore(KeyStore store) : IKeyStore
{
    public KeyStore Store => store;

    public int Port => store.Port;

    public void Set(string key, ReadOnlySpan<byte> value) => store.Set(key, value);

    public byte[]? Get(string key) => store.Get(key);

    public long Add(string key, long amount) => store.Add(key, amount);

    public void Dispose() => store.Dispose();
}
