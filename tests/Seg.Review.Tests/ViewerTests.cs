using System.Text.Json;

namespace Seg.Review.Tests;

[Collection(BrowserTests.Name)]
public class ViewerTests(Chromium browser)
{
    [BrowserFact]
    public async Task Layers_come_to_the_page_exactly_as_they_were_predicted()
    {
        using var review = TestReview.OfMasks("a", "b", "c");
        await using var page = await browser.Open(review.Folder);
        var layers = await page.Run<JsonElement>(
            "new Layers().get(segReview.items.find(item => item.name === 'c')).then(({ ids, truth, confidence }) => "
            + "({ ids: [...ids.values], truth: [...truth.values], confidence: [...confidence.values], width: ids.width }))");
        var expected = TestReview.Labels(2);
        Assert.Equal(TestReview.Width, layers.GetProperty("width").GetInt32());
        Assert.Equal(expected, Bytes(layers, "ids"));
        Assert.Equal(255, Bytes(layers, "truth")[TestReview.Width - 1]);
        Assert.All(Bytes(layers, "confidence"), value => Assert.Equal(133, value));        // 0.52 of 255
    }

    [BrowserFact]
    public async Task Panes_paint_classes_and_errors_and_the_legend_hides_them()
    {
        using var review = TestReview.OfMasks("a");
        await using var page = await browser.Open(review.Folder);
        await page.OpenItem();
        Assert.Equal("70 130 180 255", await Pixel(page, "overlay", 5, 5));
        Assert.Equal("0 0 142 255", await Pixel(page, "overlay", 0, 18, outlines: false));
        Assert.Equal("255 59 92 235", await Pixel(page, "errors", 0, 18));               // road taken for a car
        Assert.Equal("0 0 0 0", await Pixel(page, "errors", 5, 25));
        Assert.EndsWith(" 150", await Pixel(page, "errors", TestReview.Width - 1, 5), StringComparison.Ordinal);       // no truth there

        await page.Find("#legend label:has-text('sky') input").ClickAsync();
        Assert.EndsWith(" 0", await Pixel(page, "overlay", 5, 5), StringComparison.Ordinal);
        await page.Find("#legend >> text=Show all").ClickAsync();
        Assert.EndsWith(" 255", await Pixel(page, "overlay", 5, 5), StringComparison.Ordinal);
        await page.Find("#opacity").FillAsync("20");
        Assert.Equal("0.2", await page.Run<string>("getComputedStyle(document.querySelector('.stage.overlay canvas')).opacity"));
    }

    [BrowserFact]
    public async Task Panes_zoom_and_pan_in_step_by_wheel_drag_and_keys()
    {
        using var review = TestReview.OfMasks("a");
        await using var page = await browser.Open(review.Folder);
        await page.OpenItem();
        var whole = await Place(page);
        var box = (await page.Find(".window").First.BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync(box.X + box.Width / 3, box.Y + box.Height / 2);
        await page.Page.Mouse.WheelAsync(0, -900);
        await page.Settle();
        var zoomed = await Place(page);
        Assert.NotEqual(whole, zoomed);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(box.X + box.Width / 3 + 40, box.Y + box.Height / 2);
        await page.Page.Mouse.UpAsync();
        await page.Settle();
        var dragged = await Place(page);
        Assert.NotEqual(zoomed, dragged);
        await page.Press("Shift+ArrowRight");
        await page.Settle();
        Assert.NotEqual(dragged, await Place(page));
        await page.Press("0");
        await page.Settle();
        Assert.Equal(whole, await Place(page));
        await page.Press("+");
        await page.Settle();
        Assert.NotEqual(whole, await Place(page));
        Assert.Contains("x ", await Hover(page, box.X + box.Width / 2, box.Y + box.Height / 2), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task The_readout_names_class_confidence_and_truth_under_the_pointer()
    {
        using var review = TestReview.OfMasks("a");
        await using var page = await browser.Open(review.Folder);
        await page.OpenItem();
        var image = (await page.Find(".stage").First.BoundingBoxAsync())!;
        var scale = image.Width / TestReview.Width;
        Assert.Equal("x 0  y 18   car   50 %   truth: road", await Hover(page, image.X + 0.5f * scale, image.Y + 18.5f * scale));
        Assert.Equal("x 47  y 2   sky   50 %   no truth here", await Hover(page, image.X + 47.5f * scale, image.Y + 2.5f * scale));
    }

    [BrowserFact]
    public async Task The_address_names_the_item_and_going_back_returns_to_the_list()
    {
        using var review = TestReview.OfMasks("a", "b");
        await using var page = await browser.Open(review.Folder);
        await page.OpenItem();
        await page.Press("ArrowRight");
        await page.Shown();
        Assert.Equal("2 / 2", await page.Find("#position").InnerTextAsync());
        await page.Reload();
        await page.Shown();
        Assert.Equal("a", await page.Find("#name").InnerTextAsync());
        await page.Press("Escape");
        await page.Settle();
        Assert.False(await page.Find("#viewer").IsVisibleAsync());
        await page.OpenItem();
        await page.Page.GoBackAsync();
        await page.Settle();
        Assert.False(await page.Find("#viewer").IsVisibleAsync());
        Assert.Equal("grid", await page.Run<string>("document.activeElement.id"));
    }

    [BrowserFact]
    public async Task Persons_have_keypoints_with_names_and_confidence()
    {
        using var review = TestReview.OfPersons();
        await using var page = await browser.Open(review.Folder);
        await page.Find("#card-0").ClickAsync();
        await page.Shown();
        Assert.Equal(3, await page.Find(".skeletons circle").CountAsync());
        Assert.Equal("left <b>hand</b> 80 % · person 1, 75 %", await page.Run<string>("document.querySelectorAll('.skeletons title')[1].textContent"));
        Assert.Equal("0.12", await page.Find(".skeletons circle").Nth(2).GetAttributeAsync("fill-opacity"));
        var head = (await page.Find(".skeletons circle").First.BoundingBoxAsync())!;
        Assert.EndsWith("head 90 % · person 1, 75 %", await Hover(page, head.X + head.Width / 2, head.Y + head.Height / 2), StringComparison.Ordinal);
        await page.Find("#legend input").First.ClickAsync();
        Assert.Equal(2, await page.Find(".skeletons circle").CountAsync());
        Assert.Equal(0, await page.Find(".skeletons line").CountAsync());
        await page.Find("#opacity").FillAsync("40");
        Assert.Equal("0.4", await page.Run<string>("getComputedStyle(document.querySelector('.skeletons')).opacity"));
    }

    [BrowserFact]
    public async Task Poses_with_truth_show_both_the_errors_between_them_and_the_OKS_of_each_person()
    {
        using var review = TestReview.OfPosesWithTruth();
        await using var page = await browser.Open(review.Folder);
        Assert.Equal(["bad", "good"], await page.Names());         // the lower OKS first
        Assert.Equal(["OKS 25.0 %", "OKS 80.0 %"], await page.OfCards("card.querySelector('.facts span').textContent"));
        await page.OpenItem(1);
        Assert.Equal(["Image", "Prediction", "Truth", "Errors"], await page.Find("figcaption").AllInnerTextsAsync());
        Assert.Equal("person 1, 75 %, OKS 80 %", (await Titles(page, "overlay"))[0].Split(" · ")[1]);
        Assert.Equal(["head · true person 1, OKS 80 %", "left <b>hand</b>, hidden · true person 1, OKS 80 %"], await Titles(page, "truth"));
        Assert.Equal(
            ["head, 0.0 pixels off, similarity 100 % · true person 1, OKS 80 %", "left <b>hand</b>, 4.0 pixels off, similarity 60 % · true person 1, OKS 80 %"],
            await Titles(page, "errors"));
        Assert.Equal("Mean OKS80.0 %Found1 of 1Not there0", (await page.Find("#scores").TextContentAsync())!.Split("Confidence")[0]);
        Assert.False(await page.Find(".missing").First.IsVisibleAsync());

        await page.Press("k");
        await page.Shown();
        Assert.Equal(["true person 2not found", "true person 1OKS 50.0 %"], await page.Find("#people button").AllTextContentsAsync());
        Assert.Equal(1, await page.Find(".stage.errors .missed").CountAsync());
        Assert.Equal(1, await page.Find(".stage.errors .stranger").CountAsync());
        Assert.EndsWith("nobody is there", (await Titles(page, "overlay"))[^1], StringComparison.Ordinal);
        var whole = await Place(page);
        await page.Find("#people button").First.ClickAsync();
        await page.Settle();
        Assert.NotEqual(whole, await Place(page));
        await page.Find("#legend label:has-text('head') input").ClickAsync();
        Assert.Equal(3, await page.Find(".stage.errors circle").CountAsync());
    }

    [BrowserFact]
    public async Task The_help_lists_the_keys()
    {
        using var review = TestReview.OfMasks("a");
        await using var page = await browser.Open(review.Folder);
        await page.Press("?");
        Assert.Contains("Accept", await page.Find("#help").InnerTextAsync(), StringComparison.Ordinal);
        await page.Press("a");                                   // a key for what lies behind does nothing now
        await page.Press("Escape");
        Assert.False(await page.Find("#help").IsVisibleAsync());
        Assert.Equal("1 items · 0 decided".Replace("items", "item", StringComparison.Ordinal), await page.Find("#tally").InnerTextAsync());
    }

    private static byte[] Bytes(JsonElement layers, string name) => [.. layers.GetProperty(name).EnumerateArray().Select(value => value.GetByte())];

    [BrowserFact]
    public async Task Panes_that_are_switched_on_show_the_item_at_once_and_are_kept()
    {
        using var review = TestReview.OfMasks("a");
        await using var page = await browser.Open(review.Folder);
        await page.OpenItem();
        Assert.Equal(["Image", "Prediction", "Truth", "Errors"], await page.Find("figcaption").AllInnerTextsAsync());
        await page.Press("1", "3", "4", "5", "6");
        Assert.Equal("70 130 180 255", await Pixel(page, "mask", 5, 5));
        Assert.EndsWith(" 255", await Pixel(page, "confidence", 5, 5), StringComparison.Ordinal);
        Assert.Equal("70 130 180 255", await Pixel(page, "overlay", 5, 5));
        await page.Reload();
        await page.Shown();
        Assert.Equal(["Prediction", "Mask"], (await page.Find("figcaption").AllInnerTextsAsync()).Take(2));
        Assert.Equal(3, await page.Find("figcaption").CountAsync());
    }

    /// <summary>What the points of a pane say.</summary>
    private static Task<string[]> Titles(OpenPage page, string pane) =>
        page.Run<string[]>("pane => [...document.querySelectorAll(`.stage.${pane} title`)].map(title => title.textContent)", pane);

    /// <summary>Red, green, blue and alpha of what is painted over the image.</summary>
    private static async Task<string> Pixel(OpenPage page, string pane, int x, int y, bool outlines = true)
    {
        if (!outlines)
            await page.Press("b");
        return await page.Run<string>(
            "([pane, x, y]) => [...document.querySelector(`.stage.${pane} canvas`).getContext('2d').getImageData(x, y, 1, 1).data].join(' ')",
            new object[] { pane, x, y });
    }

    /// <summary>Where the image lies, which is to be the same in all panes.</summary>
    private static async Task<string> Place(OpenPage page)
    {
        var places = await page.Run<string[]>("[...document.querySelectorAll('.stage')].map(stage => `${stage.style.width} ${stage.style.transform}`)");
        Assert.True(places.Length > 1);
        return Assert.Single(places.Distinct());
    }

    private static async Task<string> Hover(OpenPage page, float x, float y)
    {
        await page.Page.Mouse.MoveAsync(x, y);
        return (await page.Find("#readout").TextContentAsync())!;
    }
}
