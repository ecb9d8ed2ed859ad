namespace Seg.Review.Tests;

/// <summary>One browser for all tests, which run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Chromium>
{
    public const string Name = "browser";
}
