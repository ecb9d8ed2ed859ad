using Microsoft.Playwright;

namespace Seg.Review.Tests;

/// <summary>A review in the browser. At its end a test fails on any error of the page, any dialog, and any request beyond the disk.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> faults = [];

    private OpenPage(IBrowserContext context, IPage page) => (this.context, Page) = (context, page);

    public IPage Page { get; }

    public static async Task<OpenPage> Load(IBrowserContext context, string file)
    {
        OpenPage open = new(context, await context.NewPageAsync());
        open.Watch();
        await open.Page.GotoAsync(new Uri(file).AbsoluteUri);
        await open.Ready();
        return open;
    }

    public async Task Reload()
    {
        await Page.ReloadAsync();
        await Ready();
    }

    public ILocator Find(string selector) => Page.Locator(selector);

    public Task<T> Run<T>(string script, object? argument = null) => Page.EvaluateAsync<T>(script, argument);

    /// <summary>Names of the items in the list's order.</summary>
    public Task<string[]> Names() => OfCards("card.title");

    /// <summary>A value of each card, in the list's order.</summary>
    /// <param name="value">Of <c>card</c>, in JavaScript.</param>
    public Task<string[]> OfCards(string value) => Run<string[]>(
        $"() => [...document.querySelectorAll('.card')].sort((a, b) => a.ariaPosInSet - b.ariaPosInSet).map(card => {value})");

    public async Task Press(params string[] keys)
    {
        foreach (var key in keys)
            await Page.Keyboard.PressAsync(key);
    }

    /// <summary>Opens the item at a place of the list in the viewer and waits until its layers are painted.</summary>
    public async Task OpenItem(int place = 0)
    {
        await Find($"#card-{place}").ClickAsync();
        await Shown();
    }

    /// <summary>Waits until the viewer shows all of its item.</summary>
    public Task Shown() => Page.WaitForFunctionAsync(
        "() => { const viewer = document.getElementById('viewer'); return viewer.open && location.hash === '#' + viewer.dataset.shown; }");

    /// <summary>Waits for what the page does in its next frames.</summary>
    public Task Settle() => Run<object?>("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))");

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        Assert.Empty(faults);
    }

    private Task Ready() => Page.WaitForSelectorAsync("body[data-ready]", new() { State = WaitForSelectorState.Attached });

    private void Watch()
    {
        Page.PageError += (_, error) => faults.Add(error);
        Page.Console += (_, message) => { if (message.Type == "error") faults.Add(message.Text); };
        Page.Dialog += (_, dialog) => { faults.Add($"dialog: {dialog.Message}"); _ = dialog.DismissAsync(); };
        Page.Request += (_, request) => { if (new Uri(request.Url).Scheme is not ("file" or "data" or "blob")) faults.Add($"request: {request.Url}"); };
        Page.RequestFailed += (_, request) =>
        {
            // A picture that the page does not wait for any longer is given up on purpose.
            if (request.Failure?.Contains("ABORTED", StringComparison.Ordinal) != true)
                faults.Add($"failed: {request.Url} {request.Failure}");
        };
    }
}
