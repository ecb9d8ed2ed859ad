using Seg.Models;
using Seg.Train.Datasets;
using Seg.Train.Jobs;

namespace Seg.Train.Tests.Datasets;

public sealed class ImageListTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_list_leaves_the_images_it_names_and_nothing_is_wrong_with_the_others()
    {
        WriteData();
        File.Delete(At("masks/train/d.png"));                    // not on the list: it needs no mask
        File.WriteAllText(At("list.txt"), $"images/train/c.png\n\n{At("images/train/a.png")}\r\n");
        var dataset = Open("train", At("list.txt"));
        Assert.Equal(["a.png", "c.png"], Enumerable.Range(0, dataset.Count).Select(index => Path.GetFileName(dataset.Name(index))));
        Assert.Equal(2, Open("val", At("list.txt"), listed: "train").Count);
    }

    [Fact]
    public void Lists_that_cannot_be_meant_are_errors()
    {
        WriteData();
        Assert.Contains("There is no list", Fault(At("none.txt")), StringComparison.Ordinal);
        File.WriteAllText(At("gone.txt"), "images/train/a.png\nimages/train/gone.png\n");
        Assert.Contains("gone.png', which is not there", Fault(At("gone.txt")), StringComparison.Ordinal);
        File.WriteAllText(At("other.txt"), "images/val/e.png\n");
        Assert.Contains("None of the 1 images", Fault(At("other.txt")), StringComparison.Ordinal);
        File.WriteAllText(At("lonely.txt"), "images/train/d.png\n");
        File.Delete(At("masks/train/d.png"));
        Assert.Contains("has no mask", Fault(At("lonely.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_other_images_is_an_error_whatever_else_lies_beside_the_images()
    {
        WriteData();
        File.WriteAllText(At("images/train/sketch.svg"), "<svg/>");     // a warning
        File.WriteAllText(At("other.txt"), "images/val/e.png\n");
        Assert.Contains("None of the 1 images", Fault(At("other.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_decided_in_a_review_becomes_a_list()
    {
        WriteData();
        var decisions = At("decisions.json");
        File.WriteAllText(decisions, $$"""
            {"format":"seg-review-decisions","items":[
              {"name":"a","source":"{{At("images/train/a.png")}}","decision":"rejected"},
              {"name":"b","source":"{{At("images/train/b.png")}}","decision":"accepted"},
              {"name":"c","source":"{{At("images/train/c.png")}}","decision":null},
              {"name":"d","source":"{{At("images/train/moved.png")}}","decision":"flagged"}]}
            """);
        Assert.Equal(new DataSelection(2, 0), DataSelection.Write(decisions, "rejected, undecided", At("list.txt")));
        Assert.Equal($"{At("images/train/a.png")}\n{At("images/train/c.png")}\n", File.ReadAllText(At("list.txt")));
        Assert.Equal(2, Open("train", At("list.txt")).Count);
        Assert.Equal(new DataSelection(1, 1), DataSelection.Write(decisions, "flagged", At("moved.txt")));

        Assert.Contains("--decision is 'good'; it can be accepted", Selection(decisions, "good"), StringComparison.Ordinal);
        File.WriteAllText(decisions, """{"format":"seg-review-decisions","items":[{"source":"/a","decision":"accepted"}]}""");
        Assert.Contains("None of the 1 items", Selection(decisions, "rejected"), StringComparison.Ordinal);
    }

    private string Selection(string decisions, string words) =>
        Assert.Throws<InputException>(() => DataSelection.Write(decisions, words, At("unwritten.txt"))).Message;

    private string Fault(string list) => Assert.Throws<InputException>(() => Open("train", list)).Message;

    private ISegmentationDataset Open(string split, string list, string? listed = null) => DatasetFactory.Create(
        new SegmentationDataConfig
        {
            Format = DataFormat.Folders,
            Root = folder.Path,
            Classes = ["zero", "one"],
            Lists = { [listed ?? split] = list },
        }, split);

    private void WriteData()
    {
        foreach (var (split, names) in new[] { ("train", "abcd"), ("val", "ef") })
        {
            foreach (var name in names)
            {
                Directory.CreateDirectory(At($"images/{split}"));
                Directory.CreateDirectory(At($"masks/{split}"));
                Pictures.WriteImage(At($"images/{split}/{name}.png"));
                Pictures.WriteMask(At($"masks/{split}/{name}.png"), (x, _) => x % 2, 8, 6);
            }
        }
    }

    private string At(string path) => Path.Combine(folder.Path, path);
}
