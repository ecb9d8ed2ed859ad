using System.CommandLine;
using System.Globalization;
using Seg.Models;
using Seg.Predict.Drawing;

namespace Seg.Cli.Options;

/// <summary>How pictures of classes are drawn: <c>--opacity</c>, <c>--palette</c>, <c>--no-legend</c>, <c>--labels</c>.</summary>
internal sealed class DrawingOptions
{
    private readonly Option<string> opacity = new("--opacity")
    {
        Description = "Segmentation: how much of the classes' colours lies over the image, 0 to 1; "
            + string.Create(CultureInfo.InvariantCulture, $"{new OverlayOptions().Opacity} by default."),
        HelpName = "PART",
    };

    private readonly Option<string> palette = new("--palette")
    {
        Description = "Segmentation: YAML with colours of classes, a line  road: \"#804080\"  each; the model's own by default.",
        HelpName = "FILE",
    };

    private readonly Option<bool> noLegend = new("--no-legend") { Description = "Segmentation: leave out legends and scales: pictures have the image's size." };
    private readonly Option<bool> labels = new("--labels") { Description = "Segmentation: write the classes' names onto their regions." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[opacity, palette, noLegend, labels])
            command.Add(option);
    }

    public string? Palette(ParseResult parsed) => parsed.GetValue(palette);

    /// <exception cref="InputException">The opacity is no number from 0 to 1.</exception>
    public OverlayOptions Overlay(ParseResult parsed)
    {
        var usual = new OverlayOptions();
        return usual with
        {
            Opacity = parsed.GetValue(opacity) is { } text ? NumberOptions.Part("--opacity", text) : usual.Opacity,
            Legend = parsed.GetValue(noLegend) ? LegendPlacement.None : usual.Legend,
            Labels = parsed.GetValue(labels),
        };
    }
}
