namespace Seg.Models.Runtime.Compiled;

/// <summary>A network does what no plan can repeat; it runs as it is then.</summary>
internal sealed class NotCompilableException(string message) : Exception(message);
