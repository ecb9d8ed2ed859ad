namespace Seg.Models.Configuration;

/// <summary>Standing on a list of records: one alone may be written without the list, as a map.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOrMoreAttribute : Attribute;
