using System.Text;
using Seg.Models;
using Seg.Predict.Inputs;

namespace Seg.Predict.Tests.Inputs;

public sealed class InputListTests : IDisposable
{
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_list_names_files_folders_patterns_and_streams_relative_to_itself()
    {
        foreach (var name in (string[])["lists/a/x.png", "lists/b/x.png", "other/y.png", "lists/c/1.png", "lists/c/2.jpg"])
            File.WriteAllBytes(folder[name], [1]);
        File.WriteAllText(folder["lists/files.txt"], $"\uFEFF# what to predict\r\na/x.png\r\n\r\n  b/x.png \r\n../other/y.png\nc\n{folder["lists/c"]}/*.png\ncamera:1\n");
        var items = InputSource.Find(["@" + folder["lists/files.txt"]]);
        Assert.All(items, item => Assert.Null(item.Fault));
        Assert.Equal(["a/x", "b/x", "y", "1", "2", "camera_1"], items.Select(item => item.Name));
        Assert.Equal(folder["lists/a/x.png"], Path.GetFullPath(items[0].Path));
    }

    [Fact]
    public void A_line_that_names_nothing_is_told_with_its_number_and_keeps_no_other_from_being_taken()
    {
        File.WriteAllBytes(folder["x.png"], [1]);
        File.WriteAllText(folder["letter"], "Dear reader");
        File.WriteAllText(folder["files.txt"], "none.png\nx.png\n*.gif\n@files.txt\nletter\n");
        var items = InputSource.Find(["@" + folder["files.txt"]]);
        Assert.Equal(["none.png", "*.gif", "@files.txt", "letter"], items.Where(item => item.Fault is not null).Select(item => item.Path));
        Assert.StartsWith($"{folder["files.txt"]}:1: There is no file or folder 'none.png'", items[0].Fault!.Message, StringComparison.Ordinal);
        Assert.StartsWith($"{folder["files.txt"]}:3: No image or video matches", items[2].Fault!.Message, StringComparison.Ordinal);
        Assert.Contains(":4: '@files.txt' is a list within a list", items[3].Fault!.Message, StringComparison.Ordinal);
        Assert.Contains("neither an image nor a video", items[4].Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_is_none_is_refused()
    {
        File.WriteAllText(folder["empty.txt"], "\n# nothing\n");
        File.WriteAllBytes(folder["binary.txt"], [0xFF, 0xFE, 0x80, 10, 0xC0]);
        Assert.Contains("There is no list", Fault("@" + folder["none.txt"]), StringComparison.Ordinal);
        Assert.Contains("names no path", Fault("@" + folder["empty.txt"]), StringComparison.Ordinal);
        Assert.Contains("not a text in UTF-8", Fault("@" + folder["binary.txt"]), StringComparison.Ordinal);
        Assert.Contains($"'{folder.Root}' is a folder, not a list.", Fault("@" + folder.Root), StringComparison.Ordinal);
    }

    [Fact]
    public void Standard_input_is_an_image_where_it_begins_as_one()
    {
        var item = Assert.Single(Find(Jpeg));
        Assert.Equal(("standard input", "stdin", false), (item.Path, item.Name, item.IsVideo));
        Assert.Equal(Jpeg, item.Content);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\0")]
    public void Standard_input_is_else_a_list(string separator)
    {
        // BM and P6 are how a BMP and a PNM begin.
        string[] names = ["BMW.png", "P6 x.png", "ü b.jpg"];
        foreach (var name in names)
            File.WriteAllBytes(folder[name], [1]);
        var items = Find(Encoding.UTF8.GetBytes(string.Concat(names.Select(name => folder[name] + separator))));
        Assert.Equal(["BMW", "P6 x", "ü b"], items.Select(item => item.Name));
    }

    [Fact]
    public void Standard_input_that_is_neither_is_refused()
    {
        Assert.Contains("Standard input is empty", Assert.Throws<InputException>(() => Find([])).Message, StringComparison.Ordinal);
        byte[] video = [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 0, 0];
        Assert.Contains("Standard input is a video", Assert.Throws<InputException>(() => Find(video)).Message, StringComparison.Ordinal);
        Assert.Contains("There is no standard input", Fault("-"), StringComparison.Ordinal);
        using MemoryStream once = new(Jpeg);
        Assert.Contains("can be named once", Assert.Throws<InputException>(() => InputSource.Find(["-", "-"], standardInput: once)).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<InputItem> Find(byte[] standardInput)
    {
        using MemoryStream stream = new(standardInput);
        return InputSource.Find(["-"], standardInput: stream);
    }

    private static string Fault(string input) => Assert.Throws<InputException>(() => InputSource.Find([input])).Message;
}
