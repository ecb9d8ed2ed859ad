namespace Seg.Train.Checks;

/// <summary>How much of a data set is checked.</summary>
public enum CheckDepth
{
    /// <summary>All names and sizes of files, and the content of some files of each split: a few seconds.</summary>
    Quick,

    /// <summary>The content of every file.</summary>
    Full,

    /// <summary>Nothing.</summary>
    None,
}
