using Microsoft.Playwright;

namespace Seg.Review.Tests;

/// <summary>The machine's Chromium, started once for all tests.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Its path; null where there is none.</summary>
    public static string? Executable { get; } = Find();

    public async Task InitializeAsync()
    {
        if (Executable is null)
            return;
        playwright = await Playwright.CreateAsync();
        // Without a sandbox, as the tests may run as root in a container; the pages are the tests' own.
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = ["--no-sandbox"] });
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }

    /// <summary>Opens the page of a folder from the disk, and waits until all of it is there.</summary>
    /// <param name="before">A script to run in the page before its own.</param>
    public async Task<OpenPage> Open(string folder, int width = 1280, int height = 800, bool isTouch = false, ColorScheme? scheme = null, string? before = null)
    {
        var context = await browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            HasTouch = isTouch,
            IsMobile = isTouch,
            ColorScheme = scheme,
        });
        if (before is not null)
            await context.AddInitScriptAsync(before);
        return await OpenPage.Load(context, Path.Combine(folder, "index.html"));
    }

    private static string? Find()
    {
        string[] names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name)))
            .Prepend(Environment.GetEnvironmentVariable("CHROMIUM") ?? "").FirstOrDefault(File.Exists);
    }
}
