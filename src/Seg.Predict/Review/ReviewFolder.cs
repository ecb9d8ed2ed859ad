namespace Seg.Predict.Review;

/// <summary>Where the files of a review lie: the page on top of the results, everything else below <c>review/</c>.</summary>
internal sealed class ReviewFolder(string root)
{
    public string Root => root;

    public string Page => Path.Combine(root, "index.html");

    /// <summary>What all items have in common, and the review's identity.</summary>
    public string Manifest => Path.Combine(root, "review", "review.json");

    /// <summary>Scripts and styles of the page.</summary>
    public string Assets => Path.Combine(root, "review", "page");

    /// <summary>The list of items, in scripts of some hundred each.</summary>
    public string Data => Path.Combine(root, "review", "data");

    /// <summary>The files of single items, named by <see cref="ReviewKey"/>.</summary>
    public string Items => Path.Combine(root, "review", "items");

    /// <summary>What is known of an item; by these files a page is rebuilt.</summary>
    public string Record(string key) => Path.Combine(Items, key + ".json");

    /// <summary>The image that the viewer shows.</summary>
    public string Picture(string key) => Path.Combine(Items, key + ".jpg");

    /// <summary>Image and overlay beside each other, small.</summary>
    public string Thumbnail(string key) => Path.Combine(Items, key + ".thumb.jpg");

    /// <summary>Label map, truth and confidence, as a script.</summary>
    public string Layers(string key) => Path.Combine(Items, key + ".js");
}
