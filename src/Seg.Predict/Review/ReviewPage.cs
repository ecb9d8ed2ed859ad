using System.Text;
using System.Text.Json;
using Seg.Models;

namespace Seg.Predict.Review;

/// <summary>The page of a review: index.html, its scripts and styles, and the list of items. What <c>seg review</c> writes.</summary>
public static class ReviewPage
{
    /// <summary>Items in one script of the list: the first is there at once, and none keeps the browser busy for long.</summary>
    private const int ItemsPerScript = 500;

    private const string AssetPrefix = "Seg.Predict.Review.Page.", Template = "index.html";

    /// <summary>By this a page is known for ours.</summary>
    private const string Generator = "<meta name=\"generator\" content=\"seg review\">";

    /// <summary>Writes the page of the items that a folder holds.</summary>
    /// <returns>The path of index.html, its items, and how many were left out because their record is damaged.</returns>
    /// <exception cref="InputException">The folder holds no review, or a page of its own.</exception>
    /// <exception cref="IOException">A file cannot be written; the page that was there still is.</exception>
    public static (string Page, int Items, int LeftOut) Build(string folder)
    {
        ReviewFolder review = new(folder);
        if (ReviewJson.TryRead(review.Manifest, ReviewJson.Default.ReviewManifest) is not { } manifest)
        {
            throw new InputException($"'{folder}' holds nothing to review: there is no readable '{review.Manifest}'. " +
                "Make it with 'seg predict MODEL INPUT --out DIR' or 'seg eval MODEL --review DIR'.");
        }
        RequireNoOther(folder);
        var (records, leftOut) = ReadRecords(review);
        var scripts = WriteData(review, manifest, records);
        WriteAssets(review);
        AtomicFile.Write(review.Page, Asset(Template));
        RemoveScriptsFrom(review, scripts);
        return (review.Page, records.Count, leftOut);
    }

    /// <summary>Whether a file below a folder of results is a picture of its review, and no result.</summary>
    public static bool IsPart(string folder, string file)
    {
        var items = Path.GetFullPath(new ReviewFolder(folder).Items) + Path.DirectorySeparatorChar;
        return Path.GetFullPath(file).StartsWith(items, StringComparison.Ordinal);
    }

    /// <summary>Sees to it that nobody's own page is overwritten.</summary>
    /// <exception cref="InputException">The folder has an index.html that is not a review's.</exception>
    public static void RequireNoOther(string folder)
    {
        ReviewFolder review = new(folder);
        if (File.Exists(review.Page) && !File.ReadAllText(review.Page).Contains(Generator, StringComparison.Ordinal))
        {
            throw new InputException(
                $"'{review.Page}' is there already and is no page of a review, so that it is not overwritten; choose another folder, "
                + "or predict with --no-review.");
        }
    }

    private static (List<ReviewRecord> Records, int LeftOut) ReadRecords(ReviewFolder review)
    {
        List<ReviewRecord> records = [];
        var leftOut = 0;
        foreach (var file in Directory.Exists(review.Items) ? Directory.EnumerateFiles(review.Items, "*.json") : [])
        {
            var record = ReviewJson.TryRead(file, ReviewJson.Default.ReviewRecord);
            if (record is not null && ReviewKey.IsKey(record.Key) && File.Exists(review.Picture(record.Key)))
                records.Add(record);
            else
                leftOut++;
        }
        records.Sort((first, second) => string.CompareOrdinal(first.Name, second.Name));
        return (records, leftOut);
    }

    /// <returns>How many scripts the list of items takes.</returns>
    private static int WriteData(ReviewFolder review, ReviewManifest manifest, List<ReviewRecord> records)
    {
        Directory.CreateDirectory(review.Data);
        var number = 0;
        foreach (var part in records.Chunk(ItemsPerScript))
        {
            var items = part.Select(record => JsonSerializer.Serialize(record, ReviewJson.Default.ReviewRecord));
            Write(DataScript(review, number++), $"segReview.add([\n{string.Join(",\n", items)}\n]);\n");
        }
        var begin = JsonSerializer.Serialize(manifest, ReviewJson.Default.ReviewManifest);
        var withTruth = records.Count(record => record.IgnoreIndex is not null || record.Truths is not null);
        Write(
            Path.Combine(review.Data, "review.js"),
            $"segReview.begin({begin},{{\"items\":{records.Count},\"withTruth\":{withTruth},\"scripts\":{number}}});\n");
        return number;
    }

    private static void Write(string path, string script) => AtomicFile.Write(path, Encoding.ASCII.GetBytes(script));

    private static string DataScript(ReviewFolder review, int number) => Path.Combine(review.Data, $"items-{number}.js");

    private static void RemoveScriptsFrom(ReviewFolder review, int number)
    {
        while (File.Exists(DataScript(review, number)))
            File.Delete(DataScript(review, number++));
    }

    private static void WriteAssets(ReviewFolder review)
    {
        Directory.CreateDirectory(review.Assets);
        foreach (var resource in typeof(ReviewPage).Assembly.GetManifestResourceNames())
        {
            if (resource.StartsWith(AssetPrefix, StringComparison.Ordinal) && resource != AssetPrefix + Template)
                AtomicFile.Write(Path.Combine(review.Assets, resource[AssetPrefix.Length..]), Asset(resource[AssetPrefix.Length..]));
        }
    }

    private static byte[] Asset(string name)
    {
        using var stream = typeof(ReviewPage).Assembly.GetManifestResourceStream(AssetPrefix + name)
            ?? throw new InvalidOperationException($"The assembly lacks '{name}', a part of the review page.");
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
