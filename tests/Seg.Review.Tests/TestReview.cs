using OpenCvSharp;
using Seg.Models;
using Seg.Predict;
using Seg.Predict.Review;

namespace Seg.Review.Tests;

/// <summary>A review of small images whose every value is known, in a folder of its own.</summary>
internal sealed class TestReview : IDisposable
{
    public const int Width = 48, Height = 32;

    private const byte Ignored = 255;

    public static LabelSet Classes { get; } = new()
    {
        Names = ["road", "sky", "car"],
        Colors = [new Rgb(128, 64, 128), new Rgb(70, 130, 180), new Rgb(0, 0, 142)],
    };

    public string Folder { get; } = Directory.CreateTempSubdirectory("seg review tests % # ").FullName;

    /// <summary>Sky above, road below; an image at place n has a car n + 1 pixels wide, is n percent surer, and its truth has none.</summary>
    public static TestReview OfMasks(params string[] names) => OfMasks(Classes, "model.safetensors", names);

    public static TestReview OfMasks(LabelSet classes, string model, params string[] names)
    {
        TestReview review = new();
        ReviewWriter writer = new(review.Folder, new ReviewSubject { Model = model, Classes = classes });
        foreach (var (name, place) in names.Select((name, place) => (name, place)))
            review.Add(writer, name, Labels(place), 0.5f + 0.01f * place);
        writer.Finish();
        return review;
    }

    public void Add(ReviewWriter writer, string name, byte[] labels, float confidence)
    {
        using Mat image = new(Height, Width, MatType.CV_8UC3, new Scalar(40, 160, 90));
        var file = Path.Combine(Folder, name + "_overlay.png");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, []);
        writer.Add(new ReviewItem
        {
            Name = name,
            Source = Path.Combine(Folder, "images", name + ".png"),
            Image = image,
            Labels = new LabelMap(Width, Height, labels) { Confidence = new ConfidenceMap(labels, [.. Enumerable.Repeat(confidence, labels.Length)]) },
            Truth = TruthOf(labels),
            Files = [file],
        });
    }

    /// <summary>Head, hand and foot.</summary>
    private static readonly KeypointSet Keypoints = new()
    {
        Names = ["head", "left <b>hand</b>", "foot"],
        Skeleton = [[0, 1], [0, 2]],
        Sigmas = [0.1, 0.1, 0.1],
        Colors = [new Rgb(255, 0, 0), new Rgb(0, 255, 0), new Rgb(0, 0, 255)],
    };

    /// <summary>One person with three keypoints, the last of which is doubtful.</summary>
    public static TestReview OfPersons()
    {
        TestReview review = new();
        ReviewWriter writer = new(review.Folder, new ReviewSubject { Model = "pose.safetensors", Keypoints = Keypoints });
        AddPeople(writer, "person", [PersonAt(24)], truth: null);
        writer.Finish();
        return review;
    }

    /// <summary>
    /// "good": one person, whose hand is four pixels off and whose foot nobody labelled. "bad": two true persons, of whom one is not found,
    /// and a found one who is nobody.
    /// </summary>
    public static TestReview OfPosesWithTruth()
    {
        TestReview review = new();
        ReviewWriter writer = new(review.Folder, new ReviewSubject { Model = "pose.safetensors", Keypoints = Keypoints });
        ReviewTruePerson found = new(
            [new LabelledKeypoint(24, 4, 2), new LabelledKeypoint(14, 16, 1), new LabelledKeypoint(0, 0, 0)], new PersonBox(6, 1, 30, 30), 0, 0.8,
            [1, 0.6, double.NaN]);
        ReviewTruePerson missed = new(
            [new LabelledKeypoint(40, 4, 2), new LabelledKeypoint(36, 8, 2), new LabelledKeypoint(40, 14, 2)], new PersonBox(34, 3, 8, 12), null, 0, [0, 0, 0]);
        AddPeople(writer, "good", [PersonAt(24)], [found]);
        AddPeople(writer, "bad", [PersonAt(24), PersonAt(12)], [found with { Oks = 0.5 }, missed]);
        writer.Finish();
        return review;
    }

    private static void AddPeople(ReviewWriter writer, string name, Person[] persons, ReviewTruePerson[]? truth)
    {
        using Mat image = new(Height, Width, MatType.CV_8UC3, new Scalar(40, 160, 90));
        writer.Add(new ReviewItem { Name = name, Source = $"{name}.png", Image = image, Persons = persons, TruePersons = truth });
    }

    private static Person PersonAt(float x) => new()
    {
        Keypoints = [new(x, 4, 0.9f), new(x - 14, 16, 0.8f), new(x, 28, 0.1f)],
        Box = new PersonBox(x - 18, 1, 30, 30),
        Score = 0.75f,
    };

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>The labels of the image at a place.</summary>
    public static byte[] Labels(int place)
    {
        var labels = new byte[Width * Height];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
                labels[y * Width + x] = (byte)(y < Height / 2 ? 1 : y < 20 && x <= place ? 2 : 0);
        }
        return labels;
    }

    /// <summary>Road where the prediction has a car; the last column counts nowhere.</summary>
    private static ReviewTruth TruthOf(byte[] labels)
    {
        byte[] truth = [.. labels.Select((label, i) => i % Width == Width - 1 ? Ignored : label == 2 ? (byte)0 : label)];
        var counted = truth.Count(label => label != Ignored);
        var cars = labels.Count(label => label == 2);
        var roads = truth.Count(label => label == 0);
        double[] scores = [(roads - cars) / (double)roads, 1, cars > 0 ? 0 : double.NaN];
        var mean = scores.Where(score => !double.IsNaN(score)).Average();
        return new ReviewTruth(new LabelMap(Width, Height, truth), Ignored, mean, 1 - cars / (double)counted, scores);
    }
}
