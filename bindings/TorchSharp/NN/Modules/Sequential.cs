using System.Runtime.CompilerServices;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Modules one after another; without names they are called "0", "1", …</summary>
public class Sequential : Module<Tensor, Tensor>
{
    private readonly List<(string Name, IModule<Tensor, Tensor> Module)> steps = [];

    internal Sequential() : base(nameof(Sequential)) { }

    protected Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) : this()
    {
        foreach (var (name, module) in modules)
            append(name, module);
    }

    protected Sequential(params Module<Tensor, Tensor>[] modules) : this()
    {
        foreach (var module in modules)
            append(module);
    }

    public int Count => steps.Count;

    [IndexerName("SequentialItems")]
    public IModule<Tensor, Tensor> this[int index] => steps[index].Module;

    /// <summary>The modules from start up to end, in a new sequence; disposing that disposes them.</summary>
    [IndexerName("SequentialItems")]
    public Sequential this[(int? start, int? end) index] => Slice(index.start ?? 0, index.end ?? Count);

    /// <inheritdoc cref="this[ValueTuple{int?, int?}]"/>
    [IndexerName("SequentialItems")]
    public Sequential this[Range index] => Slice(index.Start.GetOffset(Count), index.End.GetOffset(Count));

    /// <summary>Adds a module under a name.</summary>
    public Sequential append(string name, IModule<Tensor, Tensor> module)
    {
        register_module(name, (Module)module);
        steps.Add((name, module));
        return this;
    }

    /// <summary>Adds a module under the next number.</summary>
    public Sequential append(IModule<Tensor, Tensor> module) => append(Count.ToString(), module);

    /// <summary>Each module's output is the next one's input; those between are disposed.</summary>
    public override Tensor forward(Tensor tensor)
    {
        if (steps.Count == 0)
            return tensor.alias(); // a new object, as every other module gives one: the caller may dispose both
        var current = tensor;
        foreach (var (_, module) in steps)
        {
            var next = module.call(current);
            if (!ReferenceEquals(current, tensor) && !ReferenceEquals(current, next))
                current.Dispose();
            current = next;
        }
        return current;
    }

    private Sequential Slice(int start, int end)
    {
        if (start < 0 || start > Count)
            throw new IndexOutOfRangeException($"{start} is not a valid index.");
        if (end < 0 || end > Count)
            throw new IndexOutOfRangeException($"{end} is not a valid index.");
        var slice = new Sequential();
        for (int i = start; i < end; i++)
            slice.append(steps[i].Name, steps[i].Module);
        return slice;
    }
}
