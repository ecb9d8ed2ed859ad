namespace Seg.Review.Tests;

/// <summary>A test that needs a Chromium on the machine, and is skipped where there is none.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Chromium.Executable is null)
            Skip = "needs a browser: install chromium, or set CHROMIUM to its path";
    }
}
