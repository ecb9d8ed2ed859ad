namespace Seg.Predict.Inputs;

/// <summary>A line of a list.</summary>
/// <param name="Source">The list, as messages call it.</param>
/// <param name="Line">From 1.</param>
internal sealed record ListEntry(string Text, string Source, int Line)
{
    public override string ToString() => $"{Source}:{Line}";
}
