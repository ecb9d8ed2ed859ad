namespace Seg.Models.Configuration;

/// <summary>A value that breaks a rule.</summary>
/// <param name="Member">Name of the record's property, by which the reader finds file, line and column.</param>
/// <param name="Problem">What follows the key in the message: "is 0; must be at least 1".</param>
public readonly record struct ConfigFault(string Member, string Problem);
