using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Disposes every tensor made on its thread while it was the innermost scope, except those moved out.</summary>
/// <remarks>
/// The tensors form a chain through fields of their own, so that entering and leaving a scope allocates nothing. A scope belongs to
/// its thread; moving tensors between the scopes of two threads at once is not safe (nor is it in TorchSharp).
/// </remarks>
public sealed class DisposeScope : IDisposable
{
    private DisposeScopeManager? manager;
    private Tensor? first;

    internal DisposeScope(DisposeScopeManager manager, DisposeScope? outer)
    {
        this.manager = manager;
        OuterScope = outer;
    }

    internal DisposeScope? OuterScope { get; set; }

    /// <summary>The tensors in the scope now; a copy.</summary>
    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            _ = Manager;
            var all = new List<IDisposable>(DisposablesCount);
            for (var tensor = first; tensor is not null; tensor = tensor.NextInScope)
                all.Add(tensor);
            return all;
        }
    }

    public int DisposablesCount { get; private set; }

    private DisposeScopeManager Manager => manager ?? throw new ObjectDisposedException(nameof(DisposeScope));

    /// <summary>Hands a tensor to the scope around this one; without one, to its user.</summary>
    public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(OuterScope, disposable);

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (MoveToOuter(first), MoveToOuter(second));

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOther(OuterScope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(OuterScope, disposables);

    /// <summary>Hands a tensor of this scope to another one; to its user where that is null.</summary>
    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        _ = Manager;
        var tensor = AsTensor(disposable);
        if (scope is null)
            Detach(tensor);
        else if (tensor.OwningDisposeScope == this && scope != this)
        {
            Remove(tensor);
            scope.Add(tensor);
        }
        return disposable;
    }

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) =>
        MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
            MoveToOther(scope, disposable);
    }

    /// <summary>Takes a tensor out of every scope: its user disposes it.</summary>
    public T Detach<T>(T disposable) where T : IDisposable
    {
        var tensor = AsTensor(disposable);
        if (tensor.OwningDisposeScope == this)
        {
            Manager.StatisticsInstance.TensorStatistics.DetachedFromScopeCount++;
            Remove(tensor);
        }
        return disposable;
    }

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (Detach(first), Detach(second));

    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (Detach(first), Detach(second), Detach(third));

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
            Detach(disposable);
    }

    /// <summary>Puts a tensor into this scope, out of the one that it was in.</summary>
    public void Attach(IDisposable disposable)
    {
        var tensor = AsTensor(disposable);
        var statistics = Manager.StatisticsInstance.TensorStatistics;
        if (tensor.OwningDisposeScope == this)
            return;
        tensor.OwningDisposeScope?.Remove(tensor);
        statistics.AttachedToScopeCount++;
        Add(tensor);
    }

    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        var all = disposables.ToList();
        foreach (var disposable in all)
            Attach(disposable);
        return all;
    }

    /// <summary>Disposes every tensor of the scope and leaves the scope open.</summary>
    public void DisposeEverything()
    {
        _ = Manager;
        while (first is { } tensor)
            tensor.Dispose(); // which takes it out of the chain
    }

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var keep = inKeep.Where(Contains).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var disposable in DisposablesView)
        {
            if (!keep.Contains(disposable))
                disposable.Dispose();
        }
    }

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut([keep]);
        return keep;
    }

    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        DisposeEverythingBut([first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        DisposeEverythingBut([first, second, third]);
        return (first, second, third);
    }

    /// <summary>Takes a tensor out of the scope without disposing it.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        _ = Manager;
        var tensor = AsTensor(disposable);
        if (tensor.OwningDisposeScope == this)
            Remove(tensor);
    }

    public bool Contains(IDisposable disposable) => disposable is Tensor tensor && tensor.OwningDisposeScope == this;

    public void Dispose()
    {
        if (manager is null)
            return;
        DisposeEverything();
        manager.RemoveDisposeScope(this);
        manager = null;
    }

    internal void Add(Tensor tensor)
    {
        tensor.OwningDisposeScope = this;
        tensor.PreviousInScope = null;
        tensor.NextInScope = first;
        if (first is not null)
            first.PreviousInScope = tensor;
        first = tensor;
        DisposablesCount++;
    }

    internal void Remove(Tensor tensor)
    {
        if (tensor.PreviousInScope is { } previous)
            previous.NextInScope = tensor.NextInScope;
        else
            first = tensor.NextInScope;
        if (tensor.NextInScope is { } next)
            next.PreviousInScope = tensor.PreviousInScope;
        tensor.PreviousInScope = tensor.NextInScope = null;
        tensor.OwningDisposeScope = null;
        DisposablesCount--;
    }

    private static Tensor AsTensor(IDisposable disposable) =>
        disposable as Tensor ?? throw new InvalidOperationException("A dispose scope holds tensors only.");
}
