namespace Seg.Review.Tests;

[Collection(BrowserTests.Name)]
public class NameTests(Chromium browser)
{
    private static readonly string[] Hostile =
    [
        "<img src=x onerror=\"window.hacked=1\">", "\"><script>window.hacked=1<_script>", "<_script><script>window.hacked=1<_script>",
        "' onmouseover='window.hacked=1", "a\u2028window.hacked=1\u2029b", "..", "50% off & more #1?a=b", "ünï 日本 語", "javascript:window.hacked=1",
        "back\\slash", "${window.hacked=1}", "]]><!--", "__proto__",
    ];

    [BrowserFact]
    public async Task Nothing_in_a_name_executes_and_names_are_shown_as_they_are()
    {
        string[] names = ["</script><script>window.hacked=1</script>", "<b onclick='window.hacked=1'>sky</b>", "\u2028"];
        using var review = TestReview.OfMasks(TestReview.Classes with { Names = names }, "<svg onload=window.hacked=1>.safetensors", Hostile);
        await using var page = await browser.Open(review.Folder);
        Assert.Equal(Hostile.Order(StringComparer.Ordinal), (await page.Names()).Order(StringComparer.Ordinal));
        Assert.Equal("<svg onload=window.hacked=1>.safetensors", await page.Find("#model").TextContentAsync());
        await page.OpenItem();
        List<string> seen = [];
        for (var place = 0; place < Hostile.Length; place++)
        {
            await page.Shown();
            seen.Add((await page.Find("#name").TextContentAsync())!);
            await page.Press("n");
            await page.Page.Keyboard.TypeAsync("<img src=x onerror=window.hacked=1>");
            await page.Press("Escape", "a");
        }
        Assert.Equal(Hostile.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
        Assert.Contains("</script>", await page.Find("#legend").InnerTextAsync(), StringComparison.Ordinal);
        await page.Reload();
        Assert.Equal(Hostile.Length, await page.Find(".card[data-decision=accepted].noted").CountAsync());
        Assert.True(await page.Run<bool>("window.hacked === undefined"));
        Assert.Equal(0, await page.Find(".card img[src=x], #name *, #legend b").CountAsync());
    }

    [BrowserFact]
    public async Task Links_reach_the_files_whatever_they_are_called()
    {
        using var review = TestReview.OfMasks([.. Hostile, "folder with %20/and #/x"]);
        await using var page = await browser.Open(review.Folder);
        await page.OpenItem();
        for (var place = 0; place <= Hostile.Length; place++)
        {
            await page.Shown();
            var name = await page.Find("#name").TextContentAsync();
            var address = new Uri((await page.Run<string>("document.querySelector('#details a').href"))!);
            Assert.Equal("file", address.Scheme);
            Assert.Equal(Path.Combine(review.Folder, name + "_overlay.png"), Uri.UnescapeDataString(address.AbsolutePath));
            Assert.True(File.Exists(Uri.UnescapeDataString(address.AbsolutePath)));
            await page.Press("ArrowRight");
        }
    }

    [Fact]
    public void Nothing_that_a_browser_reads_holds_a_name_unescaped()
    {
        using var review = TestReview.OfMasks(Hostile);
        string data = Path.Combine(review.Folder, "review", "data"), items = Path.Combine(review.Folder, "review", "items");
        foreach (var script in Directory.EnumerateFiles(data).Concat(Directory.EnumerateFiles(items, "*.js")))
        {
            var text = File.ReadAllText(script);
            Assert.All(text, letter => Assert.InRange(letter, '\n', '~'));
            Assert.DoesNotContain('<', text);
        }
        Assert.All(Directory.EnumerateFiles(items), file => Assert.Matches("^[A-Za-z0-9_-]+(\\.thumb)?\\.(jpg|js|json)$", Path.GetFileName(file)));
    }
}
