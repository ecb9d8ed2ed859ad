using System.Security.Cryptography;
using System.Text.Json;
using Seg.Models;

namespace Seg.Predict.Review;

/// <summary>Makes the record of an item.</summary>
internal static class ReviewRecords
{
    public static ReviewRecord Of(ReviewItem item, LabelSet? classes, string folder)
    {
        var persons = item.Persons?.Select(Of).ToArray();
        return new ReviewRecord
        {
            Key = ReviewKey.Of(item.Name),
            Name = item.Name,
            Source = Path.GetFullPath(item.Source ?? new ReviewFolder(folder).Picture(ReviewKey.Of(item.Name))),
            Width = item.Image.Cols,
            Height = item.Image.Rows,
            Stamp = Stamp(item.Labels, persons),
            Confidence = Rounded(item.Labels?.Confidence?.Mean ?? MeanScore(item.Persons)),
            Iou = Rounded(item.Truth?.MeanIoU),
            Accuracy = Rounded(item.Truth?.PixelAccuracy),
            IgnoreIndex = item.Truth?.IgnoreIndex,
            Classes = classes is null || item.Labels is null ? [] : Classes(item, classes),
            Persons = persons,
            Oks = Rounded(item.TruePersons?.Select(person => person.Oks).DefaultIfEmpty(double.NaN).Average()),
            Truths = item.TruePersons?.Select(Of).ToArray(),
            Files = [.. item.Files.Select(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'))],
        };
    }

    private static ReviewRecord.ReviewClass[] Classes(ReviewItem item, LabelSet classes)
    {
        var counts = item.Labels!.Count();
        return [.. Enumerable.Range(0, classes.Count)
            .Where(id => counts[id] > 0 || item.Truth is { } truth && !double.IsNaN(truth.IoU[id]))
            .OrderByDescending(id => counts[id]).ThenBy(id => id)
            .Select(id => new ReviewRecord.ReviewClass(
                id,
                Math.Round(counts[id] / (double)item.Labels.Labels.Length, 6),
                Rounded(item.Labels.Confidence?.MeanByClass[id]),
                Rounded(item.Truth?.IoU[id])))];
    }

    private static ReviewRecord.ReviewPerson Of(Person person) => new(
        Math.Round(person.Score, 4),
        Of(person.Box),
        [.. person.Keypoints.Select(point => new[] { Math.Round(point.X, 1), Math.Round(point.Y, 1), Math.Round(point.Score, 4) })],
        person.TrackId);

    private static ReviewRecord.AnnotatedPerson Of(ReviewTruePerson person) => new(
        Math.Round(person.Oks, 4),
        person.Found,
        Of(person.Box),
        [.. person.Keypoints.Select(point => new[] { Math.Round(point.X, 1), Math.Round(point.Y, 1), point.Visibility })],
        [.. person.Similarities.Select(value => Rounded(value))]);

    private static double[] Of(PersonBox box) =>
        [.. new[] { box.X, box.Y, box.Width, box.Height }.Select(value => Math.Round(value, 1))];

    private static double? MeanScore(IReadOnlyList<Person>? persons) =>
        persons?.SelectMany(person => person.Keypoints).Select(point => (double)point.Score).DefaultIfEmpty(double.NaN).Average();

    private static double? Rounded(double? value) => value is { } number && double.IsFinite(number) ? Math.Round(number, 4) : null;

    private static string Stamp(LabelMap? labels, ReviewRecord.ReviewPerson[]? persons)
    {
        var bytes = labels?.Labels ?? JsonSerializer.SerializeToUtf8Bytes(persons ?? [], ReviewJson.Default.ReviewPersonArray);
        return Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8));
    }
}
