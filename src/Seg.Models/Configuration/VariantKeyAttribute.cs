namespace Seg.Models.Configuration;

/// <summary>Standing on an abstract record, names the key (<c>name</c>, <c>type</c>) that chooses among its variants.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class VariantKeyAttribute(string key) : Attribute
{
    public string Key { get; } = key;

    /// <summary>The variant that is meant where the key is left out; null: it must be there.</summary>
    public string? Default { get; init; }
}
