namespace Seg.Models.Configuration;

/// <summary>
/// Standing on a record within a configuration: the file may hold the record itself, or name another file that holds it, by a path or by
/// the bare name of one that comes with the program. What is written back is always the record, so that it needs no other file.
/// </summary>
/// <param name="folder">Where those with a bare name stand: <c>configs/keypoints</c>.</param>
/// <param name="kind">What messages call one of them: "a keypoint set".</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FromFileAttribute(string folder, string kind) : Attribute
{
    public string Folder => folder;

    public string Kind => kind;
}
