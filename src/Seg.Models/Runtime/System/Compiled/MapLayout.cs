using TorchSharp.Interop;

namespace Seg.Models.Runtime.Compiled;

/// <summary>How a map lies in its buffer; see plan_shim.h.</summary>
/// <param name="Gap">Zeros behind each row, at least: the widest padding of whoever reads maps of this size.</param>
internal sealed record MapLayout(int Channels, int Height, int Width, int ElementsPerLane, int Gap)
{
    private const int LaneBytes = 4;
    private const int VectorLanes = 16;

    // Rows shorter than this leave too much of a vector empty, unless they fill some; of longer ones, rows of all channels beside each other are kinder
    // to caches.
    private const int WidestFlat = 64, NarrowestFull = 48;

    /// <summary>Whether all rows of a group follow each other.</summary>
    public bool IsFlat => Width < NarrowestFull || (Width <= WidestFlat && Width % VectorLanes != 0);

    private int Groups => (Channels + ElementsPerLane - 1) / ElementsPerLane;

    private int Pitch => IsFlat ? Width + Border : Rounded(Width + Gap);

    /// <summary>Rows of zeros above and below a flat map, and lanes of zeros behind its rows.</summary>
    private int Border => Math.Max(1, Gap);

    private long GroupLanes => IsFlat ? Rounded((Height + 2 * Border) * Pitch + Border) + VectorLanes : Pitch;

    private long RowLanes => IsFlat ? Pitch : GroupLanes * Groups;

    /// <summary>Zeros before the first row, which is its padding on the left.</summary>
    private long LanesBefore => Rounded(IsFlat ? Border * Pitch + Border : Pitch - Width);

    /// <summary>Bytes that the map takes, or that one row of it does.</summary>
    public long Bytes(bool oneRow) => LaneBytes * (LanesBefore + (IsFlat ? GroupLanes * Groups : oneRow ? RowLanes : RowLanes * Height) + VectorLanes);

    /// <param name="element">What it holds, as <see cref="NativePlan.ElementOf"/> says it.</param>
    public PlanMap In(MapBuffer buffer, int element) => new()
    {
        Element = element,
        Offset = buffer.Offset + LanesBefore * LaneBytes,
        GroupStride = GroupLanes * LaneBytes,
        RowStride = RowLanes * LaneBytes,
        Channels = Channels,
        Height = Height,
        Width = Width,
        Pitch = Pitch,
        Flat = IsFlat ? 1 : 0,
        Scratch = buffer.IsScratch ? 1 : 0,
    };

    private static int Rounded(int lanes) => (lanes + VectorLanes - 1) / VectorLanes * VectorLanes;
}
