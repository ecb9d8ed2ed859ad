namespace Seg.Models.Configuration;

/// <summary>Standing on an abstract record, names the key (<c>name</c>, <c>type</c>) that chooses among its variants.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class VariantKeyAttribute(string key) : Attribute
{
    public string Key { get; } = key;
}
