using System.Text.Json.Nodes;

namespace Seg.Train.Metrics.Keypoints;

/// <summary>The ten numbers of COCO's keypoint evaluation and what they are made of: 0 to 1, and -1 where no person counts.</summary>
public sealed record KeypointScores
{
    internal KeypointScores(KeypointCurves curves) => Curves = curves;

    /// <summary>Precision and recall at every threshold.</summary>
    public KeypointCurves Curves { get; }

    /// <summary>Persons that were to be found: without crowds and those without labelled keypoints.</summary>
    public required int Persons { get; init; }

    /// <summary>Detections that were ranked: at most 20 an image.</summary>
    public required int Detections { get; init; }

    /// <summary>
    /// Mean similarity of each keypoint (its term of OKS) over the counted persons that were found at OKS 0.5 and have it labelled; not a number
    /// where there is none. No number of COCO's: it shows which joints are off.
    /// </summary>
    public required double[] KeypointSimilarity { get; init; }

    /// <summary>Average precision over OKS 0.5 to 0.95: COCO's main number.</summary>
    public double Ap => Curves.MeanPrecision(All);

    public double Ap50 => Curves.MeanPrecision(All, At50);

    public double Ap75 => Curves.MeanPrecision(All, At75);

    /// <summary>Of persons of 32² to 96² pixels.</summary>
    public double ApMedium => Curves.MeanPrecision(Medium);

    /// <summary>Of persons of 96² pixels and more.</summary>
    public double ApLarge => Curves.MeanPrecision(Large);

    /// <summary>Average recall over OKS 0.5 to 0.95, with 20 detections an image.</summary>
    public double Ar => Curves.MeanRecall(All);

    public double Ar50 => Curves.MeanRecall(All, At50);

    public double Ar75 => Curves.MeanRecall(All, At75);

    public double ArMedium => Curves.MeanRecall(Medium);

    public double ArLarge => Curves.MeanRecall(Large);

    /// <summary>The ten in the order of <c>COCOeval.stats</c>, by the names that <see cref="ToJsonObject"/> gives them.</summary>
    public IReadOnlyList<(string Name, double Value)> Stats =>
    [
        ("ap", Ap), ("ap_50", Ap50), ("ap_75", Ap75), ("ap_medium", ApMedium), ("ap_large", ApLarge),
        ("ar", Ar), ("ar_50", Ar50), ("ar_75", Ar75), ("ar_medium", ArMedium), ("ar_large", ArLarge),
    ];

    private const int All = 0, Medium = 1, Large = 2, At50 = 0, At75 = 5;

    /// <summary>
    /// ap, ap_50, ap_75, ap_medium, ap_large, ar, ar_50, ar_75, ar_medium, ar_large (-1 where no person counts), stats (the same ten as a list, in
    /// COCO's order), oks_thresholds with ap_per_threshold and ar_per_threshold, persons, detections.
    /// </summary>
    public JsonObject ToJsonObject()
    {
        JsonObject json = new(Stats.Select(stat => KeyValuePair.Create(stat.Name, (JsonNode?)stat.Value)));
        json["stats"] = List(Stats.Select(stat => stat.Value));
        json["oks_thresholds"] = List(KeypointCurves.OksThresholds);
        var thresholds = Enumerable.Range(0, KeypointCurves.OksThresholds.Count).ToArray();
        json["ap_per_threshold"] = List(thresholds.Select(threshold => Curves.MeanPrecision(All, threshold)));
        json["ar_per_threshold"] = List(thresholds.Select(threshold => Curves.MeanRecall(All, threshold)));
        json["persons"] = Persons;
        json["detections"] = Detections;
        return json;
    }

    private static JsonArray List(IEnumerable<double> values) => new([.. values.Select(value => (JsonNode)value)]);
}
