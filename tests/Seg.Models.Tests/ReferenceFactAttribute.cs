namespace Seg.Models.Tests;

/// <summary>A test that needs the reference data in ../shared, and is skipped where they are not.</summary>
public sealed class ReferenceFactAttribute : FactAttribute
{
    public ReferenceFactAttribute()
    {
        if (!Directory.Exists(SharedFiles.Reference()))
            Skip = "needs the reference data in ../shared/reference";
    }
}
