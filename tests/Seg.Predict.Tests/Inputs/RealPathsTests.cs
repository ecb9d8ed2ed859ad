using Seg.Predict.Inputs;

namespace Seg.Predict.Tests.Inputs;

public sealed class RealPathsTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Links_are_followed_wherever_they_stand_in_a_path()
    {
        Directory.CreateDirectory(folder["real/deep"]);
        Directory.CreateSymbolicLink(folder["first"], "real");
        Directory.CreateSymbolicLink(folder["second"], folder["first"] + "/deep/");
        File.WriteAllText(folder["real/x"], "");
        File.CreateSymbolicLink(folder["real/deep/y"], "../x");
        RealPaths paths = new();
        Assert.Equal(folder["real/x"], paths.OfFile(folder["first/x"]));
        Assert.Equal(folder["real/deep/y"], paths.OfFile(folder["second/y"]));
        Assert.Equal(folder["real/deep/not/there"], paths.OfFolder(folder["second/not/there"] + "/"));
        Assert.Equal("/", paths.OfFolder("/"));
    }

    [Fact]
    public void Links_in_a_circle_lead_nowhere_and_end()
    {
        Directory.CreateSymbolicLink(folder["a"], "b");
        Directory.CreateSymbolicLink(folder["b"], "a");
        Directory.CreateSymbolicLink(folder["c"], "c/deeper");
        RealPaths paths = new();
        Assert.Contains(Path.GetFileName(paths.OfFolder(folder["a"])), new[] { "a", "b" });
        Assert.StartsWith(folder["c"], paths.OfFolder(folder["c"]), StringComparison.Ordinal);
    }
}
