using FsCheck;
using FsCheck.Fluent;
using Seg.Models;
using Seg.Predict.Inputs;

namespace Seg.Predict.Tests.Inputs;

public sealed class InputSourceTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_gives_its_images_and_videos_in_order_with_its_subfolders_in_their_names()
    {
        Touch("b.png", "a.JPG", "deep/er/c.webp", "drive.mp4", "notes.txt");
        var items = InputSource.Find([folder.Root]);
        Assert.Equal(["a", "b", "deep/er/c", "drive"], items.Select(item => item.Name));
        Assert.Equal([false, false, false, true], items.Select(item => item.IsVideo));
    }

    [Fact]
    public void Patterns_match_within_one_folder_and_across_many()
    {
        Touch("s/a/1.png", "s/a/2.jpg", "s/b/1.png", "s/b/x/3.png");
        Assert.Equal(["s/a/1", "s/b/1"], Names("s/*/?.png", "s/"));
        Assert.Equal(["s/a/1", "s/b/1", "s/b/x/3"], Names("s/**/*.png", "s/"));
        Assert.Equal(["s/a/1", "s/a/2"], Names("s/a/*", "s/a/"));
    }

    [Fact]
    public void Files_of_the_same_name_get_names_of_their_own()
    {
        Touch("a/x.png", "b/x.png", "c/y.png", "c/y.jpg", "d/z.png", "e/z.png", "f/d/z.png");
        string[] inputs = [folder["a/x.png"], folder["b/x.png"], folder["c"], folder["d/z.png"], folder["e/z.png"], folder["f/d/z.png"]];
        var names = InputSource.Find(inputs).Select(item => item.Name);
        Assert.Equal(["a_x", "b_x", "y_jpg", "y_png", "z_1", "z_2", "z_3"], names);
    }

    [Fact]
    public void No_two_results_ever_share_a_name()
    {
        var names = Gen.Elements("x", "X", "x_png", "a_x", "x_1", "x_2", "y");
        var paths = Gen.Elements("a/x.png", "b/x.png", "a/x.jpg", "c/a/x.png");
        var inputs = Gen.ListOf(from path in paths from name in names select (path, name)).ToArbitrary();
        Prop.ForAll(inputs, list =>
        {
            var unique = OutputNames.MakeUnique([.. list]);
            return unique.All(name => name is not null) && unique.Distinct(StringComparer.OrdinalIgnoreCase).Count() == list.Count;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_file_named_twice_is_taken_once_and_results_of_an_earlier_run_are_no_input()
    {
        Touch("x.png", "out/x_overlay.png");
        var items = InputSource.Find([folder["x.png"], folder.Root, folder["./x.png"]], outputFolder: folder["out"]);
        Assert.Equal(["x"], items.Select(item => item.Name));
    }

    [Fact]
    public void A_file_without_a_known_extension_is_known_by_its_content()
    {
        File.WriteAllBytes(folder["photo"], [0xFF, 0xD8, 0xFF, 0xE0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        File.WriteAllBytes(folder["clip"], [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 0, 0]);
        File.WriteAllText(folder["letter"], "Dear reader, this is no picture.");
        Assert.Equal([false, true], InputSource.Find([folder["photo"], folder["clip"]]).Select(item => item.IsVideo));
        Assert.Contains("neither an image nor a video", Fault(folder["letter"]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_content_counts_more_than_the_extension()
    {
        File.WriteAllBytes(folder["video.png"], [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 0, 0]);
        File.WriteAllBytes(folder["image.mp4"], [0xFF, 0xD8, 0xFF, 0xE0, 0, 0, 0, 0, 0, 0, 0, 0]);
        File.WriteAllBytes(folder["phone.mp4"], [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0]);
        Touch("empty.avi", "unknown.png");
        Assert.Equal([true, false, false, false, true], InputSource.Find([folder.Root]).Select(item => item.IsVideo));
    }

    [Fact]
    public void Results_beside_their_inputs_are_no_inputs()
    {
        Touch("a.png", "a_overlay.png", "b_overlay.png", "c/d.jpg", "c/d_ids.png", "review/data/thumb.jpg", "film.mp4", "film_overlay.mp4", "a_ids/road.png", "e_ids/road.png");
        Assert.Equal(["a", "b_overlay", "c/d", "e_ids/road", "film"], Results(folder.Root, folder.Root));
        Assert.Equal(["d"], Results(folder["c/"], folder.Root + "/./"));
        Assert.Equal(["a", "b_overlay", "film"], Results(Path.Combine(folder.Root, "*"), folder.Root));
        Assert.Equal(["a", "a_ids/road", "a_overlay"], Results(folder.Root, folder["c"]).Take(3));
        Assert.Equal(["a_overlay"], InputSource.Find([folder["a_overlay.png"]], folder.Root, resultEndings: ["_overlay"]).Select(item => item.Name));

        static IEnumerable<string> Results(string input, string output) =>
            InputSource.Find([input], output, resultEndings: ["_overlay", "_ids"]).Select(item => item.Name);
    }

    [Fact]
    public void Results_that_have_an_extension_in_their_names_are_no_inputs()
    {
        Touch("x.JPG", "x.png", "x.mp4", "y.png");
        var names = InputSource.Find([folder.Root], folder.Root, resultEndings: ["_overlay"]).Select(item => item.Name).ToList();
        Assert.Equal(["x_jpg", "x_mp4", "x_png", "y"], names);
        Touch([.. names.Select(name => $"{name}_overlay.png"), "x_mp4_overlay.mp4", "x_bmp_overlay.png"]);
        Assert.Equal([.. names[..3], "x_bmp_overlay", "y"], InputSource.Find([folder.Root], folder.Root, resultEndings: ["_overlay"]).Select(item => item.Name));
    }

    [Theory]
    [InlineData("link", "in", "link")]                            // the output folder is a link to that of the inputs
    [InlineData("in/link", "results", "results")]                 // in that of the inputs lies a link to the output folder
    [InlineData("in/link", "results", "in/link")]
    [InlineData("in/link", "results", "in/link/deeper")]
    [InlineData("link", "in", "link/results")]
    public void Results_behind_links_are_no_inputs(string link, string target, string output)
    {
        Touch("in/a.png", "results/x.png");
        Directory.CreateSymbolicLink(folder[link], folder[target]);
        Touch(Path.Combine(output, "a_overlay.png"));
        var names = InputSource.Find([folder["in/"]], folder[output], resultEndings: ["_overlay"]).Select(item => item.Name);
        Assert.Equal(output == "in/link/deeper" ? ["a", "link/x"] : ["a"], names);
    }

    [Fact]
    public void Links_to_folders_are_followed_once()
    {
        Touch("in/a.png", "in/b/c.png", "elsewhere/d.png");
        Directory.CreateSymbolicLink(folder["in/loop"], "../in");
        Directory.CreateSymbolicLink(folder["in/b/up"], folder.Root);
        Directory.CreateSymbolicLink(folder["in/self"], "self");
        Directory.CreateSymbolicLink(folder["in/other"], folder["elsewhere"]);
        File.CreateSymbolicLink(folder["in/file.png"], "a.png");
        Assert.Equal(["a", "b/c", "b/up/elsewhere/d", "file"], InputSource.Find([folder["in/"], folder["in/loop/a.png"]]).Select(item => item.Name));
    }

    [Fact]
    public void Odd_letters_stay_in_names()
    {
        Touch("in/with space/ünï 画像.png", "in/100%/#1?.png", "in/<b>&amp;.png");
        Assert.Equal(["100%/#1?", "<b>&amp;", "with space/ünï 画像"], InputSource.Find([folder["in/x/../"]]).Select(item => item.Name));
        if (OperatingSystem.IsWindows())
            return;                                             // there it separates folders
        Touch(@"in/back\slash.png");
        Assert.Equal(@"back\slash", InputSource.Find([folder["in"]]).Single(item => item.Name.Contains('\\')).Name);
        Assert.Equal(@"back\slash", InputSource.Find([folder["in/"] + "b*"]).Single().Name);
    }

    [Fact]
    public void What_is_not_there_is_named()
    {
        Touch("texts/a.txt");
        Assert.Contains("There is no file or folder", Fault(folder["none.png"]), StringComparison.Ordinal);
        Assert.Contains("holds no image or video", Fault(folder["texts"]), StringComparison.Ordinal);
        Assert.Contains("No image or video matches", Fault(folder["texts/*.png"]), StringComparison.Ordinal);
        Assert.Contains("There is no folder", Fault(Path.Combine(folder.Root, "nowhere/*.png")), StringComparison.Ordinal);
        Assert.Contains("There is no input", Assert.Throws<InputException>(() => InputSource.Find([])).Message, StringComparison.Ordinal);
    }

    private static string Fault(string input) => Assert.Throws<InputException>(() => InputSource.Find([input])).Message;

    private IEnumerable<string> Names(string pattern, string below) =>
        InputSource.Find([Path.Combine(folder.Root, pattern)]).Select(item => below + item.Name);

    private void Touch(params string[] names)
    {
        foreach (var name in names)
            File.WriteAllBytes(folder[name], [1]);
    }
}
