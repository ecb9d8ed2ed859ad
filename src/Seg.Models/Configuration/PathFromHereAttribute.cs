namespace Seg.Models.Configuration;

/// <summary>
/// Standing on a text that names a file: a relative path starts at the folder of the configuration file that names it, as that of
/// <c>extends</c> does; where there is no such file, at the current folder.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PathFromHereAttribute : Attribute;
