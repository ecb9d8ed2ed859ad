using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Where a map of a <see cref="NativePlan"/> lies; plan_shim.h says how.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct PlanMap
{
    /// <summary>Of row 0's first lane: bytes from the arena's beginning, or from the thread's scratch.</summary>
    public long Offset;

    /// <summary>Bytes from one group of channels to the next.</summary>
    public long GroupStride;

    /// <summary>Bytes from one row of a group to the next.</summary>
    public long RowStride;

    public int Channels, Height, Width;

    /// <summary>Lanes of a row with the zeros behind it.</summary>
    public int Pitch;

    /// <summary>1 where all rows of a group follow each other, between rows of zeros.</summary>
    public int Flat;

    /// <summary>1 where only the rows at work exist, in memory of the thread's own.</summary>
    public int Scratch;

    /// <summary>What it holds: <see cref="NativePlan.ElementOf"/> of the plan's type, or of Byte, which stands for whole numbers from 0 to 255.</summary>
    public int Element;
}
