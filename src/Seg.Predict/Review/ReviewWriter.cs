using System.Text.Json;
using Seg.Models;

namespace Seg.Predict.Review;

/// <summary>Writes a review, item by item, into a folder; at the end the page that shows it.</summary>
/// <remarks>
/// Items of earlier runs stay where classes and keypoints are the same, and one of the same name is replaced; otherwise a new review begins.
/// The record of an item is written last, so that an interrupted run leaves whole items alone. Not for several threads at a time.
/// </remarks>
public sealed class ReviewWriter
{
    private readonly ReviewFolder folder;
    private readonly ReviewSubject subject;
    private readonly ReviewPictures pictures;

    /// <param name="folder">The folder of the results, made where missing.</param>
    /// <exception cref="InputException">The folder has a page of its own, which would be lost, or cannot be made.</exception>
    public ReviewWriter(string folder, ReviewSubject subject)
    {
        (this.folder, this.subject, pictures) = (new ReviewFolder(folder), subject, new ReviewPictures(subject));
        ReviewPage.RequireNoOther(folder);
        try
        {
            Begin();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot make the review's folder in '{folder}': {error.Message}", error);
        }
    }

    /// <summary>Writes all that is shown of one image.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Add(ReviewItem item)
    {
        var record = ReviewRecords.Of(item, subject.Classes, folder.Root);
        File.Delete(folder.Record(record.Key));
        AtomicFile.Write(folder.Picture(record.Key), ReviewPictures.Picture(item));
        AtomicFile.Write(folder.Thumbnail(record.Key), pictures.Thumbnail(item));
        AtomicFile.Write(folder.Layers(record.Key), ReviewLayers.Script(record.Key, item));
        AtomicFile.Write(folder.Record(record.Key), JsonSerializer.SerializeToUtf8Bytes(record, ReviewJson.Default.ReviewRecord));
    }

    /// <summary>Writes the page.</summary>
    /// <returns>The path of index.html.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public string Finish() => ReviewPage.Build(folder.Root).Page;

    private void Begin()
    {
        var manifest = ReviewManifest.Of(folder.Root, subject);
        if (ReviewJson.TryRead(folder.Manifest, ReviewJson.Default.ReviewManifest) is { } earlier)
        {
            if (manifest.FitsWith(earlier))
                manifest = manifest with { Id = earlier.Id };
            else if (Directory.Exists(folder.Items))
                Directory.Delete(folder.Items, recursive: true);
        }
        Directory.CreateDirectory(folder.Items);
        AtomicFile.Write(folder.Manifest, JsonSerializer.SerializeToUtf8Bytes(manifest, ReviewJson.Default.ReviewManifest));
    }
}
