namespace Seg.Models.Runtime;

/// <summary>Keys and values that processes share. Any thread may call; each call waits for the answer, for as long as that takes.</summary>
/// <exception cref="System.Runtime.InteropServices.ExternalException">From every call: the store is gone.</exception>
public interface IKeyStore : IDisposable
{
    int Port { get; }

    void Set(string key, ReadOnlySpan<byte> value);

    /// <returns>null where the key is not there (yet).</returns>
    byte[]? Get(string key);

    /// <summary>Adds to a key's number, 0 where it is not there yet.</summary>
    /// <returns>The sum.</returns>
    long Add(string key, long amount);
}
