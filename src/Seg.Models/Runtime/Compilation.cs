namespace Seg.Models.Runtime;

/// <summary>When a network is compiled into plans (<see cref="ICompiledNetwork"/>).</summary>
public enum Compilation
{
    /// <summary>Where its channels promise that a plan is faster than libtorch's operators.</summary>
    Auto,

    /// <summary>Wherever that is possible.</summary>
    Always,

    Never,
}
