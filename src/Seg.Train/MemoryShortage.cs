using System.Globalization;
using System.Text.RegularExpressions;
using Seg.Train.Tasks;

namespace Seg.Train;

/// <summary>What to tell a user whose batches do not fit into memory.</summary>
internal static partial class MemoryShortage
{
    // Of libtorch's allocators on the CPU and on GPUs, and of the libraries that it calls there.
    private static readonly string[] Signs =
        ["can't allocate memory", "not enough memory", "out of memory", "CUBLAS_STATUS_ALLOC_FAILED", "CUDNN_STATUS_ALLOC_FAILED", "std::bad_alloc"];

    /// <summary>Whether an error says that memory was short.</summary>
    public static bool IsCause(Exception error) =>
        error is OutOfMemoryException || Signs.Any(sign => error.Message.Contains(sign, StringComparison.OrdinalIgnoreCase));

    /// <summary>The largest of half the batch, a quarter, … that can be trained on; 0 where not even one image can.</summary>
    /// <param name="batchSize">What did not fit.</param>
    /// <param name="train">Tries so many images; throws where memory is short.</param>
    public static int LargestFitting(int batchSize, Action<int> train)
    {
        for (var size = batchSize / 2; size > 0; size /= 2)
        {
            try
            {
                train(size);
                return size;
            }
            catch (Exception error) when (IsCause(error) || BatchTooSmallException.IsCause(error))
            {
                // What the failed try still holds must be free before the next one.
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
        return 0;
    }

    /// <param name="error">libtorch's.</param>
    /// <param name="step">The step within the run, from 1.</param>
    /// <param name="device">Such as "cuda:0, fp32".</param>
    /// <param name="batchSize">Images.</param>
    /// <param name="height">Of an image, in pixels.</param>
    /// <param name="width">Of an image, in pixels.</param>
    /// <param name="accumulate">Batches a step.</param>
    /// <param name="fitting">What <see cref="LargestFitting"/> found; null where it was not asked, with several ranks.</param>
    /// <param name="size">What sets height and width.</param>
    public static string Message(
        Exception error, long step, string device, int batchSize, int height, int width, int accumulate, int? fitting, SizeOption size)
    {
        // As many images a step as there were, or a few more.
        var batches = fitting > 0 ? (batchSize * accumulate + fitting - 1) / fitting : 0;
        var remedy = fitting is null ? $"Halve train.batch_size and set train.accumulate={2 * accumulate} for about the same gradient"
            : fitting > 0 ? $"A batch of {fitting} fits: set train.batch_size={fitting} train.accumulate={batches} for about the same gradient"
            : $"Not even one image fits: set {size.Halved(height, width)}";
        return $"Out of memory at step {step}{AskedFor(error)}: a batch of {batchSize} images of {width} x {height} on {device} does not fit. {remedy}, " +
            "or take a smaller network. Checkpoints saved before are kept.";
    }

    /// <summary>As the other, for what is no step: loading images, validating, saving.</summary>
    public static string Message(Exception error, long step, int batchSize, int height, int width, SizeOption size) =>
        $"Out of memory after step {step}{AskedFor(error)}, beside a training step of {batchSize} images of {width} x {height}. Other programs may have taken it; " +
        $"else lower train.batch_size or {size.Key}. Checkpoints saved before are kept.";

    private static string AskedFor(Exception error) => Asked().Match(error.Message) is { Success: true } match
        ? $" (asked for {Size(match.Groups["number"].Value, match.Groups["unit"].Value)} more)"
        : "";

    private static string Size(string number, string unit)
    {
        if (unit != "bytes" || !double.TryParse(number, CultureInfo.InvariantCulture, out var bytes))
            return $"{number} {unit}";
        return bytes < 1 << 30
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (1 << 20):0.#} MiB")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes / (1 << 30):0.#} GiB");
    }

    // "you tried to allocate 123 bytes" (CPU), "Tried to allocate 2.50 GiB" (GPU).
    [GeneratedRegex(@"tried to allocate (?<number>[\d.]+) (?<unit>bytes|[KMG]iB)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Asked();
}
