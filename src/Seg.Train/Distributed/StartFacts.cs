using System.Security.Cryptography;
using System.Text;

namespace Seg.Train.Distributed;

/// <summary>What must be the same on all ranks before the first step.</summary>
/// <param name="Settings">All that decides the run beside its data, as JSON.</param>
/// <param name="Files">The images to train and to validate on, each with its size, in their order.</param>
public sealed record StartFacts(string Settings, IReadOnlyList<string> Files)
{
    /// <summary>Of <see cref="Files"/>.</summary>
    public string FilesHash { get; } = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Files))));
}
