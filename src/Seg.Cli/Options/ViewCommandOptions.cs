using System.CommandLine;
using Seg.Models;
using Seg.Predict;
using Seg.Predict.Views;

namespace Seg.Cli.Options;

/// <summary>
/// How a network sees images: <c>--size</c>, <c>--window</c>, <c>--overlap</c>, <c>--blend</c>, <c>--scales</c>, <c>--average</c>,
/// <c>--flip-test</c>.
/// </summary>
internal sealed class ViewCommandOptions
{
    private readonly Option<string> size = new("--size")
    {
        Description = "Bring images to this size for the network, such as 512x1024; results have the images' own size. By default it sees them as they are, "
            + "shrunk where a side is above 2048.",
        HelpName = "HxW",
    };

    private readonly Option<string> window = new("--window")
    {
        Description = "Segmentation: look at images through overlapping windows of this size. By default images above 67 megapixels alone, through "
            + "windows as large as the training's.",
        HelpName = "HxW",
    };

    private readonly Option<string> overlap = new("--overlap") { Description = "What windows have in common, as a part of their side; 0.25 by default.", HelpName = "PART" };

    private readonly Option<string> blend = new("--blend")
    {
        Description = "Where windows overlap: smooth (they fade into each other; default), or uniform, as in the official codes.",
        HelpName = "HOW",
    };

    private readonly Option<string> scales = new("--scales")
    {
        Description = "Segmentation: look at images at several scales, such as 0.5,0.75,1,1.25,1.5,1.75, and average.",
        HelpName = "LIST",
    };

    private readonly Option<string> average = new("--average")
    {
        Description = "What is averaged over windows, scales and mirror images: probabilities (default), logits, or exponentials, as HRNet's code does.",
        HelpName = "WHAT",
    };

    private readonly Option<bool> flipTest = new("--flip-test")
    {
        Description = "Also look at everything mirrored, and average; somewhat better, and twice the time.",
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[size, window, overlap, blend, scales, average, flipTest])
            command.Add(option);
    }

    /// <summary>The options with what was asked for.</summary>
    /// <exception cref="InputException">A text is no number or size, or names nothing.</exception>
    public PredictorOptions Apply(PredictorOptions options, ParseResult parsed) => options with
    {
        InputSize = SizeOf("--size", parsed.GetValue(size)),
        FlipTest = parsed.GetValue(flipTest),
        Views = new ViewOptions
        {
            Window = SizeOf("--window", parsed.GetValue(window)),
            Overlap = parsed.GetValue(overlap) is { } part ? NumberOptions.Number("--overlap", part) : new ViewOptions().Overlap,
            Blend = NameOptions.Parse<WindowBlend>("--blend", parsed.GetValue(blend)),
            Scales = parsed.GetValue(scales) is { } list ? NumberOptions.Numbers("--scales", list) : new ViewOptions().Scales,
            Average = NameOptions.Parse<ViewAverage>("--average", parsed.GetValue(average)),
        },
    };

    private static int[]? SizeOf(string option, string? text) =>
        text is null ? null : [.. NumberOptions.Shape(option, text, smallest: 2, largest: 2, "512x1024 (height x width)").Select(side => (int)side)];
}
