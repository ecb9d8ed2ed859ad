namespace Seg.Train.Tests.Datasets;

/// <summary>A test that needs a folder of ../shared, and is skipped where it is not there.</summary>
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string folder)
    {
        if (!Directory.Exists(SharedFiles.At(folder)))
            Skip = $"needs ../shared/{folder}";
    }
}
