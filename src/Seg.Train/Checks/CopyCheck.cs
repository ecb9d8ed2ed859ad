using System.Security.Cryptography;
using Seg.Models;
using Seg.Train.Datasets;

namespace Seg.Train.Checks;

/// <summary>Finds images that are there twice. Files of different lengths differ, so that few have to be read.</summary>
internal static class CopyCheck
{
    /// <summary>What a quick check reads at most, in bytes: a folder of uncompressed images has files of one length alone.</summary>
    private const long QuickBytes = 256L << 20;

    /// <param name="splits">Those that have samples.</param>
    public static IEnumerable<DataFault> Find(
        IReadOnlyList<OpenSplit> splits, CheckDepth depth, CancellationToken cancellation)
    {
        var shared = SharedFiles(splits);
        foreach (var (first, second) in shared)
        {
            yield return new(FaultKinds.SharedSplit, $"The splits '{first}' and '{second}' have the same files.") { Split = second };
        }
        var budget = depth == CheckDepth.Quick ? QuickBytes : long.MaxValue;
        var files = splits.SelectMany(split => split.Listing.Samples.Select(sample => new Item(split, sample)));
        foreach (var sameLength in files.GroupBy(file => Length(file.Sample.Image)).Where(group => group.Key > 0 && group.Count() > 1))
        {
            budget -= sameLength.Key * sameLength.Count();
            if (budget < 0)
                yield break;
            var byContent = sameLength.GroupBy(file => Hash(file.Sample.Image, cancellation));
            foreach (var same in byContent.Where(group => group.Key.Length > 0 && group.Count() > 1))
            {
                var first = same.First();
                foreach (var copy in same.Skip(1))
                {
                    if (copy.Sample.Image != first.Sample.Image || !shared.Contains((first.Split.Name, copy.Split.Name)))
                        yield return Fault(first, copy);
                }
            }
        }
    }

    /// <summary>Pairs of splits that name the same folder or list: meant so by whoever wants to see a network learn by heart.</summary>
    private static (string First, string Second)[] SharedFiles(IReadOnlyList<OpenSplit> splits) =>
    [
        .. from first in splits.Select((split, place) => (split, place))
           from second in splits.Skip(first.place + 1)
           where second.Listing.Samples.SequenceEqual(first.split.Listing.Samples)
           select (first.split.Name, second.Name),
    ];

    private static DataFault Fault(Item first, Item copy)
    {
        var images = $"'{first.Sample.Image}' and '{copy.Sample.Image}' are the same image";
        if (first.Split != copy.Split)
        {
            return new(FaultKinds.LeakedImage, $"{images}; one is in '{first.Split.Name}' and one in '{copy.Split.Name}'.")
            { File = copy.Sample.Image, Split = copy.Split.Name };
        }
        var (kind, end) = AreSame(first.Sample, copy.Sample, first.Split.Masks!)
            ? (FaultKinds.DuplicateImage, ".")
            : (FaultKinds.ContradictingMasks, ", but their masks differ.");
        return new(kind, images + end) { File = copy.Sample.Image, Split = copy.Split.Name };
    }

    /// <summary>Whether two masks say the same. Where one cannot be read, that is told elsewhere.</summary>
    private static bool AreSame(SamplePaths first, SamplePaths second, IMaskReader masks)
    {
        if (first.Mask is null || second.Mask is null || first == second)
            return true;
        try
        {
            using var image = Predict.Imaging.ImageFile.ReadColor(first.Image);
            using var one = masks.Read(first, image.Cols, image.Rows);
            using var other = masks.Read(second, image.Cols, image.Rows);
            if (one.Size() != other.Size())
                return false;
            for (var y = 0; y < one.Rows; y++)
            {
                for (var x = 0; x < one.Cols; x++)
                {
                    if (one.At<byte>(y, x) != other.At<byte>(y, x))
                        return false;
                }
            }
            return true;
        }
        catch (InputException)
        {
            return true;
        }
    }

    private static long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    /// <returns>Empty where the file cannot be read, which is told elsewhere.</returns>
    private static string Hash(string path, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            using var stream = File.OpenRead(path);
            return Convert.ToHexString(SHA256.HashData(stream));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private sealed record Item(OpenSplit Split, SamplePaths Sample);
}
