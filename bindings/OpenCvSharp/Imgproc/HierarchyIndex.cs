namespace OpenCvSharp;

/// <summary>How a contour is linked to others, by their indices; -1: to none.</summary>
public class HierarchyIndex
{
    public HierarchyIndex() { }

    public HierarchyIndex(int next, int previous, int child, int parent)
    {
        Next = next;
        Previous = previous;
        Child = child;
        Parent = parent;
    }

    /// <summary>The next contour of the same parent.</summary>
    public int Next { get; set; }

    /// <summary>The contour of the same parent before this one.</summary>
    public int Previous { get; set; }

    /// <summary>The first contour inside.</summary>
    public int Child { get; set; }

    /// <summary>The contour around this one.</summary>
    public int Parent { get; set; }
}
