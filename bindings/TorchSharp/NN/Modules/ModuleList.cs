using System.Collections;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Modules in a list, registered as "0", "1", …</summary>
public class ModuleList<T> : Module, IList<T> where T : Module
{
    private readonly List<T> list;

    public ModuleList(params T[] modules) : base(nameof(ModuleList<T>))
    {
        list = [.. modules];
        Register();
    }

    public T this[int index]
    {
        get => list[index];
        set
        {
            list[index] = value;
            Register();
        }
    }

    public int Count => list.Count;

    public bool IsReadOnly => false;

    public void Add(T item) => append(item);

    public void append(params T[] parameters) => extend(parameters);

    public void extend(IEnumerable<T> modules)
    {
        list.AddRange(modules);
        Register();
    }

    public void Insert(int index, T item)
    {
        list.Insert(index, item);
        Register();
    }

    public bool Remove(T item)
    {
        bool removed = list.Remove(item);
        Register();
        return removed;
    }

    public void RemoveAt(int index)
    {
        list.RemoveAt(index);
        Register();
    }

    public void Clear()
    {
        list.Clear();
        Register();
    }

    public bool Contains(T item) => list.Contains(item);

    public int IndexOf(T item) => list.IndexOf(item);

    public void CopyTo(T[] array, int arrayIndex) => list.CopyTo(array, arrayIndex);

    public IEnumerator<T> GetEnumerator() => list.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // The list itself is no component: what it holds is registered whenever it changes.
    protected override void RegisterComponents() { }

    private void Register()
    {
        ClearModules();
        for (int i = 0; i < list.Count; i++)
            register_module(i.ToString(), list[i]);
    }
}
