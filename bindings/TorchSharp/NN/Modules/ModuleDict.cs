using System.Collections;
using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Modules under names, in the order in which they were added.</summary>
public class ModuleDict<T> : Module, IDictionary<string, T>, IList<(string, T)> where T : Module
{
    private readonly OrderedDictionary<string, T> entries = [];

    public ModuleDict() : base(nameof(ModuleDict<T>)) { }

    public int Count => entries.Count;

    public bool IsReadOnly => false;

    public ICollection<string> Keys => entries.Keys;

    public ICollection<T> Values => entries.Values;

    public T this[string key]
    {
        get => entries[key];
        set => Change(() => entries[key] = value);
    }

    public (string, T) this[int index]
    {
        get => Pair(entries.GetAt(index));
        set => Change(() => entries.SetAt(index, value.Item1, value.Item2));
    }

    public IEnumerable<string> keys() => Keys;

    public IEnumerable<T> values() => Values;

    public IEnumerator<(string, T)> items() => GetEnumerator();

    public void Add(string key, T value) => Change(() => entries.Add(key, value));

    public void Add((string, T) item) => Add(item.Item1, item.Item2);

    public void Add(KeyValuePair<string, T> item) => Add(item.Key, item.Value);

    public void Insert(int index, (string, T) item) => Change(() => entries.Insert(index, item.Item1, item.Item2));

    public bool Remove(string key)
    {
        bool removed = false;
        Change(() => removed = entries.Remove(key));
        return removed;
    }

    public bool Remove((string, T) item) => Contains(item) && Remove(item.Item1);

    public bool Remove(KeyValuePair<string, T> item) => Remove((item.Key, item.Value));

    public void RemoveAt(int index) => Change(() => entries.RemoveAt(index));

    public void Clear() => Change(entries.Clear);

    public void clear() => Clear();

    public bool ContainsKey(string key) => entries.ContainsKey(key);

    public bool Contains((string, T) item) => IndexOf(item) >= 0;

    public bool Contains(KeyValuePair<string, T> item) => Contains((item.Key, item.Value));

    public int IndexOf((string, T) item)
    {
        int index = entries.IndexOf(item.Item1);
        return index >= 0 && ReferenceEquals(entries.GetAt(index).Value, item.Item2) ? index : -1;
    }

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => entries.TryGetValue(key, out value);

    public void CopyTo((string, T)[] array, int arrayIndex) => entries.Select(Pair).ToArray().CopyTo(array, arrayIndex);

    public void CopyTo(KeyValuePair<string, T>[] array, int arrayIndex) => entries.ToArray().CopyTo(array, arrayIndex);

    public IEnumerator<(string, T)> GetEnumerator() => entries.Select(Pair).GetEnumerator();

    IEnumerator<KeyValuePair<string, T>> IEnumerable<KeyValuePair<string, T>>.GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // The dictionary itself is no component: what it holds is registered whenever it changes.
    protected override void RegisterComponents() { }

    private void Change(Action change)
    {
        change();
        ClearModules();
        foreach (var (name, module) in entries)
            register_module(name, module);
    }

    private static (string, T) Pair(KeyValuePair<string, T> entry) => (entry.Key, entry.Value);
}
