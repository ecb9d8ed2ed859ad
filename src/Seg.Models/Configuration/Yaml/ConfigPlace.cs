namespace Seg.Models.Configuration;

/// <summary>Where a piece of configuration was written.</summary>
/// <param name="Source">A file's path, or the text of an override: <c>--set model.num_classes=11</c>.</param>
/// <param name="Line">Line in the file, from 1; 0 for an override.</param>
/// <param name="Column">Column in the line, from 1; 0 for an override.</param>
public readonly record struct ConfigPlace(string Source, int Line, int Column)
{
    public override string ToString() => Line == 0 ? Source : $"{Source}:{Line}:{Column}";
}
