using Seg.Models;
using Seg.Predict.Drawing;

namespace Seg.Predict.Tests.Drawing;

public sealed class ClassColorsTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Classes_that_are_named_change_their_colours_and_others_keep_them()
    {
        File.WriteAllText(folder["colors.yaml"], "car: \"#ff8000\"\nroad: [1, 2, 3]   # asphalt\n");
        var colored = ClassColors.Apply(folder["colors.yaml"], TestImages.Classes);
        Assert.Equal([new Rgb(1, 2, 3), TestImages.Classes.Colors[1], new Rgb(255, 128, 0)], colored.Colors);
        Assert.Equal(TestImages.Classes.Names, colored.Names);
    }

    [Theory]
    [InlineData("raod: \"#804080\"", "gives a colour to 'raod', which is no class of the model; did you mean 'road'?")]
    [InlineData("road: \"#80408\"", "road is '#80408'; expected \"#rrggbb\" or a list [r, g, b]")]
    [InlineData("road: [1, 2, 300]", "300")]
    [InlineData("road: red", "expected \"#rrggbb\"")]
    [InlineData("road: [1, 2, 3]\nroad: [3, 4, 5]", "stands twice")]
    [InlineData("- road", "expected a map")]
    [InlineData("", "names no colours")]
    public void Faults_say_what_is_wrong_and_where(string text, string expected)
    {
        File.WriteAllText(folder["colors.yaml"], text);
        var fault = Assert.ThrowsAny<InputException>(() => ClassColors.Apply(folder["colors.yaml"], TestImages.Classes));
        Assert.Contains("colors.yaml", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("There is no file", Assert.Throws<InputException>(() => ClassColors.Apply("none.yaml", TestImages.Classes)).Message, StringComparison.Ordinal);
}
