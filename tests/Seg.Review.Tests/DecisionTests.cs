using System.Text.Json;
using Seg.Predict.Review;

namespace Seg.Review.Tests;

[Collection(BrowserTests.Name)]
public class DecisionTests(Chromium browser)
{
    private const string WithoutStorage = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused', 'SecurityError'); } });";

    [BrowserFact]
    public async Task Keys_decide_and_the_browser_keeps_it()
    {
        using var review = TestReview.OfMasks("a", "b", "c");
        await using var page = await browser.Open(review.Folder);
        await page.OpenItem();
        await page.Press("a");                                   // and goes to the next
        await page.Shown();
        await page.Press("r", "n");
        await page.Page.Keyboard.TypeAsync("blurred, a mirror?");
        await page.Press("Escape", "f", "Escape");
        await page.Settle();
        Assert.Equal("3 items · 3 decided", await page.Find("#tally").InnerTextAsync());
        await page.Reload();
        Assert.Equal("accepted rejected flagged", await Decisions(page));
        Assert.Equal("blurred, a mirror?", await page.Run<string>("JSON.parse(Object.values(localStorage).find(text => text.includes('mirror'))).a.note"));
        await page.Press("f");                                   // what it was on the first item of the list
        Assert.Equal("flagged rejected flagged", await Decisions(page));
        await page.Press("Control+z");
        Assert.Equal("accepted rejected flagged", await Decisions(page));
        await page.Press("a");                                   // the same again takes it back
        Assert.Equal(" rejected flagged", await Decisions(page));
    }

    [BrowserFact]
    public async Task Decisions_travel_as_json_and_as_csv()
    {
        string[] names = ["plain", "comma, \"quote\"", "=1+1", "'tis", "line\nend"];
        using var review = TestReview.OfMasks(names);
        await using var page = await browser.Open(review.Folder);
        foreach (var key in new[] { "a", "r", "f", "a", "r" })
            await page.Press(key, "ArrowRight");
        var before = await Decisions(page);
        Assert.Equal("accepted rejected flagged accepted rejected", before);

        foreach (var (button, ending) in new[] { ("#export-json", ".json"), ("#export-csv", ".csv") })
        {
            await page.Press("e");
            var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Find(button).ClickAsync());
            Assert.EndsWith(ending, download.SuggestedFilename, StringComparison.Ordinal);
            var file = Path.Combine(review.Folder, "decisions" + ending);
            await download.SaveAsAsync(file);
            await page.Press("Escape");
            await ForgetAll(page, names.Length);
            Assert.Equal("    ", await Decisions(page));
            await page.Find("#import-file").SetInputFilesAsync(file);
            await page.Settle();
            await page.Settle();
            Assert.Equal(before, await Decisions(page));
        }

        var entries = ReviewDecisions.Read(Path.Combine(review.Folder, "decisions.json"));
        Assert.Equal(names.Length, entries.Count);
        Assert.Equal(2, entries.Count(entry => entry.Decision == "rejected"));
        var csv = await File.ReadAllTextAsync(Path.Combine(review.Folder, "decisions.csv"));
        Assert.Contains("\r\n'=1+1,", csv, StringComparison.Ordinal);       // no spreadsheet takes it for a formula
        Assert.DoesNotContain("\r\n=", csv, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Files_that_hold_no_decisions_are_refused_with_the_reason()
    {
        using var review = TestReview.OfMasks("a");
        await using var page = await browser.Open(review.Folder);
        foreach (var (content, reason) in new[]
        {
            ("{\"items\":[]}", "it holds no decisions of a review"),
            ("{ no json", "it is no JSON"),
            ("nothing", "it is neither JSON nor CSV with the columns 'name' and 'decision'"),
            ("name,decision\r\na,maybe\r\n", "'maybe' is no decision; there are accepted, rejected, flagged"),
        })
        {
            var file = Path.Combine(review.Folder, "wrong.txt");
            await File.WriteAllTextAsync(file, content);
            await page.Find("#import-file").SetInputFilesAsync(file);
            await page.Find("#toast", reason);
        }
        await File.WriteAllTextAsync(Path.Combine(review.Folder, "other.csv"), "name,decision\r\nelsewhere,accepted\r\na,accepted\r\n");
        await page.Find("#import-file").SetInputFilesAsync(Path.Combine(review.Folder, "other.csv"));
        await page.Find("#toast", "1 decisions imported; 1 are about items that are not here.");
        Assert.Equal("accepted", await Decisions(page));
    }

    [BrowserFact]
    public async Task A_browser_that_keeps_nothing_still_reviews_and_exports()
    {
        using var review = TestReview.OfMasks("a", "b");
        await using var page = await browser.Open(review.Folder, before: WithoutStorage);
        await page.Find("#toast", "This browser keeps nothing");
        await page.Press("r");
        Assert.Equal("rejected ", await Decisions(page));
        await page.Press("e");
        Assert.Contains("does not keep them", await page.Find("#transfer-state").InnerTextAsync(), StringComparison.Ordinal);
        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Find("#export-json").ClickAsync());
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync((await download.PathAsync())!));
        Assert.Equal(2, json.RootElement.GetProperty("items").GetArrayLength());
    }

    [BrowserFact]
    public async Task A_decision_ends_with_the_prediction_it_was_about()
    {
        using var review = TestReview.OfMasks("a", "b");
        await using var page = await browser.Open(review.Folder);
        await page.Press("a", "ArrowRight", "a");
        ReviewWriter writer = new(review.Folder, new ReviewSubject { Model = "model.safetensors", Classes = TestReview.Classes });
        review.Add(writer, "a", TestReview.Labels(0), 0.9f);     // the same prediction
        review.Add(writer, "b", TestReview.Labels(7), 0.9f);     // another
        writer.Finish();
        await page.Reload();
        Assert.Equal(" accepted", await Decisions(page));        // b, now the worst, is open again
    }

    [BrowserFact]
    public async Task Reviews_on_one_disk_do_not_mix_their_decisions()
    {
        using var first = TestReview.OfMasks("a");
        using var second = TestReview.OfMasks("a");
        await using var page = await browser.Open(first.Folder);
        await page.Press("a");
        await page.Page.GotoAsync(new Uri(Path.Combine(second.Folder, "index.html")).AbsoluteUri);
        await page.Reload();
        Assert.Equal("", await Decisions(page));
    }

    /// <summary>Flags every item of the list and takes that back.</summary>
    private static async Task ForgetAll(OpenPage page, int count)
    {
        await page.Press("Home");
        for (var place = 0; place < count; place++)
        {
            if (await page.Find(".card.active").GetAttributeAsync("data-decision") != "flagged")
                await page.Press("f");
            await page.Press("f", "ArrowRight");
        }
    }

    private static async Task<string> Decisions(OpenPage page)
    {
        await page.Settle();
        return string.Join(' ', await page.OfCards("card.dataset.decision"));
    }
}
