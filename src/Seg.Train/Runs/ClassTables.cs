using System.Globalization;
using System.Text;
using Seg.Models;
using Seg.Train.Charts;
using Seg.Train.Metrics;

namespace Seg.Train.Runs;

/// <summary>What the last validation says of each class: <c>classes.csv</c> and <c>confusion.png</c>.</summary>
public static class ClassTables
{
    /// <exception cref="IOException">A file cannot be written; older ones are as they were.</exception>
    public static void Write(RunDirectory run, SegmentationScores result, int epoch)
    {
        string[] names = [.. result.Labels.Names];
        var pixels = result.Confusion.Select(row => row.Sum()).ToArray();
        var table = new StringBuilder("class,iou,accuracy,pixels\n");
        for (var index = 0; index < names.Length; index++)
            table.Append(CultureInfo.InvariantCulture, $"{Quoted(names[index])},{Score(result.IoU[index])},{Score(result.Accuracy[index])},{pixels[index]}\n");
        AtomicFile.WriteText(run.Classes, table.ToString());

        // Classes that the truth lacks would be empty rows.
        int[] shown = [.. Enumerable.Range(0, names.Length).Where(index => pixels[index] > 0)];
        if (shown.Length == 0)
            return;
        var counts = new long[shown.Length, shown.Length];
        for (var row = 0; row < shown.Length; row++)
        {
            for (var column = 0; column < shown.Length; column++)
                counts[row, column] = result.Confusion[shown[row]][shown[column]];
        }
        ConfusionMatrixChart.Write(run.Confusion, $"Validation after epoch {epoch}", [.. shown.Select(index => names[index])], counts);
    }

    internal static string Quoted(string name) =>
        name.AsSpan().ContainsAny(",\"\n") ? $"\"{name.Replace("\"", "\"\"")}\"" : name;

    internal static string Score(double value) => double.IsNaN(value) ? "" : value.ToString("F6", CultureInfo.InvariantCulture);
}
