namespace Seg.Cli.Display;

/// <summary>Columns of text, the first one aligned left and the others right, unless told otherwise.</summary>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<string[]> rows = [headings];

    /// <summary>How many columns, from the left, are aligned left.</summary>
    public int LeftColumns { get; init; } = 1;

    public void Add(params string[] cells) => rows.Add(cells);

    public void Write(TextWriter output)
    {
        var widths = headings.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            var cells = row.Select((cell, column) => column < LeftColumns ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            output.WriteLine(string.Join("  ", cells).TrimEnd());
        }
    }
}
