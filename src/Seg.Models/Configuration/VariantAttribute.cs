namespace Seg.Models.Configuration;

/// <summary>
/// One line of the table of names of a polymorphic part of the configuration: standing on an abstract record, says which record a name
/// in the file stands for. The table's lines on the abstract record are all the names there are. Where several stand for one record, it has a
/// property of the key's name, which says which was meant.
/// </summary>
/// <param name="name">The value of the key that <see cref="VariantKeyAttribute"/> names.</param>
/// <param name="type">The record that is read, derived from the one that carries the attribute.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class VariantAttribute(string name, Type type) : Attribute
{
    public string Name { get; } = name;

    public Type Type { get; } = type;
}
