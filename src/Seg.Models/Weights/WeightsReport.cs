using System.Text;
using System.Text.Json.Serialization;

namespace Seg.Models.Weights;

/// <summary>How weights fit a network, entry by entry.</summary>
public sealed record WeightsReport
{
    private const int NamesToShow = 10;

    /// <summary>What messages call the weights: a file's path.</summary>
    public required string Source { get; init; }

    /// <summary>Entries of the network whose weights are there, in the right shape.</summary>
    public required string[] Loaded { get; init; }

    /// <summary>Entries that were left out on purpose: those of the network under its names, those that only the file has under the file's.</summary>
    public string[] Skipped { get; init; } = [];

    /// <summary>Entries of the network that the weights lack.</summary>
    public required string[] Missing { get; init; }

    /// <summary>Entries of the weights that the network lacks.</summary>
    public required string[] Unexpected { get; init; }

    /// <summary>Entries of another shape than the network's.</summary>
    public required MisshapenEntry[] Misshapen { get; init; }

    /// <summary>Whether nothing is missing, unexpected or misshapen.</summary>
    [JsonIgnore]
    public bool Fits => Missing.Length + Unexpected.Length + Misshapen.Length == 0;

    /// <summary>Entries of the network that were to be loaded.</summary>
    [JsonIgnore]
    public int Wanted => Loaded.Length + Missing.Length + Misshapen.Length;

    /// <summary>"; 2 missing: a, b; 1 unexpected: c": what does not fit, the first ten of each kind; empty where all fits.</summary>
    public string Misfits()
    {
        var text = new StringBuilder();
        Append("missing", Missing);
        Append("unexpected", Unexpected);
        Append("of another shape", [.. Misshapen.Select(entry => entry.ToString())]);
        return text.ToString();

        void Append(string fault, string[] names)
        {
            if (names.Length == 0)
                return;
            text.Append($"; {names.Length} {fault}: {string.Join(", ", names.Take(NamesToShow))}");
            if (names.Length > NamesToShow)
                text.Append(", …");
        }
    }

    /// <summary>One line: what was loaded and what was not.</summary>
    public string Summary()
    {
        var skipped = Skipped.Length > 0 ? $"; {Skipped.Length} skipped" : "";
        return $"{Loaded.Length} of {Wanted} entries loaded from {Source}{skipped}{Misfits()}";
    }
}

/// <summary>An entry whose shape in the weights is not the network's.</summary>
public sealed record MisshapenEntry(string Name, long[] Shape, long[] Expected)
{
    public override string ToString() => $"{Name} ([{string.Join(", ", Shape)}], must be [{string.Join(", ", Expected)}])";
}
