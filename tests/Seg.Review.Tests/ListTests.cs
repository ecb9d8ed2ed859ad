namespace Seg.Review.Tests;

[Collection(BrowserTests.Name)]
public class ListTests(Chromium browser)
{
    [BrowserFact]
    public async Task The_list_begins_with_the_worst_and_sorts_and_turns_round()
    {
        using var review = TestReview.OfMasks("item 1", "item 2", "item 10");
        await using var page = await browser.Open(review.Folder);
        Assert.Equal(["item 10", "item 2", "item 1"], await page.Names());      // the wider the car, the lower the IoU
        await page.Find("select[aria-label='Sort by']").SelectOptionAsync("name");
        await page.Settle();
        Assert.Equal(["item 1", "item 2", "item 10"], await page.Names());
        await page.Find("button[aria-label='Turn the order round']").ClickAsync();
        await page.Settle();
        Assert.Equal(["item 10", "item 2", "item 1"], await page.Names());
        await page.Find("select[aria-label='Sort by']").SelectOptionAsync("confidence");
        await page.Settle();
        Assert.Equal(["item 1", "item 2", "item 10"], await page.Names());
        Assert.Equal("3 items · 0 decided", await page.Find("#tally").InnerTextAsync());
    }

    [BrowserFact]
    public async Task Filters_narrow_the_list_and_can_be_reset()
    {
        using var review = TestReview.OfMasks([.. Enumerable.Range(0, 12).Select(place => $"drive_{place % 2}/frame {place}")]);
        await using var page = await browser.Open(review.Folder);
        await page.Find("input[type=search]").FillAsync("FRAME  e_0 10");
        await page.Settle();
        Assert.Equal(["drive_0/frame 10"], await page.Names());
        await page.Find("input[type=search]").FillAsync("no such name");
        await page.Settle();
        Assert.True(await page.Find("#nothing").IsVisibleAsync());
        await page.Find("#reset-empty").ClickAsync();
        await page.Settle();
        Assert.Equal(12, (await page.Names()).Length);

        await page.Find("[aria-label='Confidence, from (percent)']").FillAsync("58.5");
        await page.Settle();
        Assert.Equal(["drive_1/frame 11", "drive_0/frame 10", "drive_1/frame 9"], await page.Names());
        await page.Find("text=Reset filters").ClickAsync();
        await page.Find("select[aria-label='Class']").SelectOptionAsync("2");
        await page.Find("select[aria-label='Sort by']").SelectOptionAsync("share");
        await page.Settle();
        Assert.Equal("drive_1/frame 11", (await page.Names())[0]);
        await page.Find("text=Accepted").ClickAsync();
        await page.Settle();
        Assert.Empty(await page.Names());
    }

    [BrowserFact]
    public async Task Thousands_of_items_need_few_elements()
    {
        using var review = TestReview.OfMasks("one");
        Repeat(review.Folder, 5000);
        await using var page = await browser.Open(review.Folder);
        Assert.Equal("5000 items · 0 decided", await page.Find("#tally").InnerTextAsync());
        Assert.InRange(await page.Find(".card").CountAsync(), 10, 100);
        await page.Find("#grid").FocusAsync();
        await page.Press("End");
        await page.Settle();
        Assert.Equal("5000", await page.Find(".card.active").GetAttributeAsync("aria-posinset"));
        Assert.True(await page.Find(".card.active").IsVisibleAsync());
        Assert.InRange(await page.Find(".card").CountAsync(), 10, 100);
    }

    [BrowserFact]
    public async Task Keys_walk_the_list_and_assistive_technology_can_follow()
    {
        using var review = TestReview.OfMasks([.. Enumerable.Range(0, 40).Select(place => $"{place}")]);
        await using var page = await browser.Open(review.Folder);
        await page.Find("#grid").FocusAsync();
        await page.Press("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowDown");
        var active = await page.Find("#grid").GetAttributeAsync("aria-activedescendant");
        var columns = await page.Run<int>("Math.round(document.getElementById('grid').clientWidth / document.querySelector('.card').offsetWidth - .3)");
        Assert.Equal($"card-{columns + 1}", active);
        Assert.Equal("true", await page.Find($"#{active}").GetAttributeAsync("aria-selected"));
        Assert.Equal("option", await page.Find($"#{active}").GetAttributeAsync("role"));
        var nameless = await page.Run<string[]>(
            "[...document.querySelectorAll('button, input, select, textarea')]"
            + ".filter(e => !(e.ariaLabel || e.textContent.trim() || e.closest('label') || e.hidden)).map(e => e.outerHTML)");
        Assert.Empty(nameless);
    }

    [BrowserFact]
    public async Task A_phone_shows_two_columns_and_scrolls_in_one_direction()
    {
        using var review = TestReview.OfMasks("a", "b", "c", "d");
        await using var page = await browser.Open(review.Folder, width: 390, height: 844, isTouch: true);
        Assert.Equal(390, await page.Run<int>("document.documentElement.scrollWidth"));
        Assert.Equal(2, (await page.OfCards("String(Math.round(card.getBoundingClientRect().left))")).Distinct().Count());
        Assert.False(await page.Find("#filters").IsVisibleAsync());
        await page.Find("#show-filters").TapAsync();
        Assert.True(await page.Find("#filters").IsVisibleAsync());
        await page.Find("#show-filters").TapAsync();
        await page.Find("#card-0").TapAsync();
        await page.Shown();
        Assert.Equal(390, await page.Run<int>("document.documentElement.scrollWidth"));
        Assert.True(await page.Find("#accept").IsVisibleAsync());
        var tooSmall = await page.Run<string[]>(
            "[...document.querySelectorAll('#viewer button')].filter(b => b.offsetHeight > 0 && b.offsetHeight < 32).map(b => b.id || b.textContent)");
        Assert.DoesNotContain(tooSmall, button => button != "Show all");
    }

    [BrowserFact]
    public async Task The_theme_follows_the_system_until_it_is_chosen_and_is_kept()
    {
        using var review = TestReview.OfMasks("a");
        await using var page = await browser.Open(review.Folder, scheme: Microsoft.Playwright.ColorScheme.Dark);
        const string Ground = "getComputedStyle(document.body).backgroundColor";
        var dark = await page.Run<string>(Ground);
        await page.Press("t");
        var light = await page.Run<string>(Ground);
        Assert.NotEqual(dark, light);
        await page.Reload();
        Assert.Equal(light, await page.Run<string>(Ground));
        await page.Press("t");
        Assert.Equal(dark, await page.Run<string>(Ground));
    }

    /// <summary>Makes many items of the only one, as an earlier run would have left them.</summary>
    private static void Repeat(string folder, int count)
    {
        var items = Path.Combine(folder, "review", "items");
        var record = Directory.GetFiles(items, "*.json").Single();
        var (text, key) = (File.ReadAllText(record), Path.GetFileNameWithoutExtension(record));
        for (var number = 1; number < count; number++)
        {
            var copy = text.Replace(key, $"n{number}", StringComparison.Ordinal).Replace("\"one\"", $"\"one {number}\"", StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(items, $"n{number}.json"), copy);
            File.Copy(Path.Combine(items, key + ".jpg"), Path.Combine(items, $"n{number}.jpg"));
            File.Copy(Path.Combine(items, key + ".thumb.jpg"), Path.Combine(items, $"n{number}.thumb.jpg"));
        }
        Assert.Equal((count, 0), (Predict.Review.ReviewPage.Build(folder).Items, Predict.Review.ReviewPage.Build(folder).LeftOut));
    }
}
