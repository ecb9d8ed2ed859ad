using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Seg.Review.Tests;

internal static class Locators
{
    /// <summary>Waits until an element holds a text; fails the test where it does not in time.</summary>
    public static Task Find(this OpenPage page, string selector, string text) =>
        Assertions.Expect(page.Find(selector)).ToContainTextAsync(new Regex(Regex.Escape(text)));
}
