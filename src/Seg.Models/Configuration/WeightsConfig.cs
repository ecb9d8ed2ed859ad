namespace Seg.Models.Configuration;

/// <summary>Weights that a training starts from: the <c>weights:</c> section of a config.</summary>
public sealed record WeightsConfig : IChecked
{
    /// <summary>A .safetensors, .pth or .pt file; relative paths start at the current folder.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// Whether every entry must fit, but for those that <see cref="Skip"/> names. If not, what fits is loaded and the rest starts as drawn;
    /// then at least one entry must fit. Default true.
    /// </summary>
    public bool Strict { get; init; } = true;

    /// <summary>
    /// Entries to leave as drawn, by their names in the file or in the network; <c>*</c> stands for any letters, <c>?</c> for one. Such as
    /// <c>[head.*, "*.num_batches_tracked"]</c>. Default: none.
    /// </summary>
    public string[] Skip { get; init; } = [];

    /// <summary>Only entries of the file under this prefix are loaded, without it: <c>backbone.</c>. Ends in a dot. Default: all.</summary>
    public string? Prefix { get; init; }

    /// <summary>Put before the file's names: <c>pretrained.</c> loads a plain ResNet as SPNet's backbone. Ends in a dot. Default: nothing.</summary>
    public string? Into { get; init; }

    public IEnumerable<ConfigFault> Faults()
    {
        if (Path.Length == 0)
            yield return new(nameof(Path), "is empty; give a file of weights, or leave the section out");
        if (Skip.Contains(""))
            yield return new(nameof(Skip), "holds an empty name; give names of entries, such as head.*");
        foreach (var (member, value) in new[] { (nameof(Prefix), Prefix), (nameof(Into), Into) })
        {
            if (value is not null && !value.EndsWith('.'))
                yield return new(member, $"is '{value}'; it must end in a dot, such as backbone.");
        }
    }
}
