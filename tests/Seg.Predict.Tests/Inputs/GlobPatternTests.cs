using Seg.Predict.Inputs;

namespace Seg.Predict.Tests.Inputs;

public class GlobPatternTests
{
    [Theory]
    [InlineData("*.jpg", '/', ".", false)]
    [InlineData("/*.jpg", '/', "/", false)]
    [InlineData("photos/**/*.jpg", '/', "photos", true)]
    [InlineData(@"photos\*.jpg", '\\', "photos", false)]
    [InlineData(@"C:\x\*.jpg", '\\', "C:/x", false)]
    [InlineData(@"D:\lists\**/*.jpg", '\\', "D:/lists", true)]
    [InlineData(@"C:\*.jpg", '\\', "C:/", false)]
    [InlineData("C:/*.jpg", '/', "C:", false)]
    [InlineData(@"back\sl*.jpg", '/', ".", false)]
    public void The_folder_is_what_stands_before_the_pattern(string text, char separator, string folder, bool isDeep)
    {
        GlobPattern pattern = new(text, separator);
        Assert.Equal((folder, isDeep), (pattern.Folder, pattern.IsDeep));
    }

    [Fact]
    public void Patterns_of_Windows_match_its_files()
    {
        GlobPattern flat = new(@"photos\*.jpg", '\\'), deep = new(@"photos\**\b?.jpg", '\\');
        Assert.True(flat.Matches(Path.Combine("photos", "a.jpg")));
        Assert.False(flat.Matches(Path.Combine("photos", "x", "a.jpg")));
        Assert.True(deep.Matches(Path.Combine("photos", "x", "y", "b1.jpg")));
        Assert.True(deep.Matches(Path.Combine("photos", "b1.jpg")));
    }
}
