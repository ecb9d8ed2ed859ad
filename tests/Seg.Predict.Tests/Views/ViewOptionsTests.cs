using Seg.Models;
using Seg.Predict.Views;

namespace Seg.Predict.Tests.Views;

public class ViewOptionsTests
{
    [Fact]
    public void Options_out_of_their_range_are_refused()
    {
        AssertFault(new() { Window = [64] }, "A window is [height, width], each 32 or more pixels, not [64].");
        AssertFault(new() { Window = [64, 31] }, "A window is [height, width], each 32 or more pixels, not [64, 31].");
        AssertFault(new() { Overlap = 1 }, "Windows overlap by 0 or more and less than 1 of their side, not by 1.");
        AssertFault(new() { Overlap = -0.1 }, "less than 1 of their side, not by -0.1.");
        AssertFault(new() { Overlap = double.NaN }, "not by NaN.");
        AssertFault(new() { Scales = [] }, "There is no scale to see images at");
        AssertFault(new() { Scales = [1, 0] }, "A scale is 0.1 to 4, not 0.");
        AssertFault(new() { Scales = [4.5] }, "A scale is 0.1 to 4, not 4.5.");
        AssertFault(new() { Scales = [0.5, 1, 0.5] }, "Each scale counts once; 0.5, 1, 0.5 has one twice.");
        new ViewOptions { Window = [32, 32], Overlap = 0, Scales = [0.1, 4] }.Check();
    }

    private static void AssertFault(ViewOptions options, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(options.Check).Message, StringComparison.Ordinal);
}
