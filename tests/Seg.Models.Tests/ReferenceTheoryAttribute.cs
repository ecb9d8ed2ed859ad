namespace Seg.Models.Tests;

/// <summary>A theory that needs the reference data in ../shared, and is skipped where they are not.</summary>
public sealed class ReferenceTheoryAttribute : TheoryAttribute
{
    public ReferenceTheoryAttribute()
    {
        if (!Directory.Exists(SharedFiles.Reference()))
            Skip = "needs the reference data in ../shared/reference";
    }
}
