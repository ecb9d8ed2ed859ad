namespace Seg.Models.Runtime;

/// <summary>Adds gradients up over the ranks of a group, in buckets, while backward still runs.</summary>
public interface IGradientReducer : IDisposable
{
    /// <summary>The next backward is a step's last.</summary>
    void Arm();

    /// <summary>
    /// Waits, after that backward, for the sums (not means), which are the parameters' gradients then. A parameter that no rank used stays without one.
    /// </summary>
    void Finish();
}
