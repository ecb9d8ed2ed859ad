using System.Text.Json;
using Seg.Models;
using Seg.Train.Checks;

namespace Seg.Train.Tests.Checks;

public sealed class DataCheckTests
{
    public static TheoryData<string> Kinds => [.. FaultKinds.All.Except(KeypointFaultKinds.All).Select(kind => kind.Id)];

    [Fact]
    public void A_data_set_without_a_fault_has_none()
    {
        using var data = new ExampleData();
        var report = data.Check();
        Assert.Empty(report.Faults);
        Assert.Equal([3, 2], report.Splits.Select(split => split.Images));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_kind_of_fault_is_found_and_says_where_it_is(string id)
    {
        using var data = new ExampleData();
        var (spoil, says) = FaultExamples.All[id];
        spoil(data);
        var report = data.Check();

        var fault = Assert.Single(report.Faults, fault => fault.Kind.Id == id);
        Assert.Contains(says, fault.Detail.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.EndsWith(fault.Kind.Remedy, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
        if (fault.Kind.Severity == FaultSeverity.Error)
            Assert.True(report.Errors > 0);
    }

    /// <summary>Kinds that bring no other fault with them, so that a user is not sent in two directions.</summary>
    [Theory]
    [InlineData("missing_mask")]
    [InlineData("missing_image")]
    [InlineData("name_case")]
    [InlineData("unread_file")]
    [InlineData("empty_file")]
    [InlineData("truncated_file")]
    [InlineData("damaged_file")]
    [InlineData("no_image")]
    [InlineData("wrong_extension")]
    [InlineData("size_mismatch")]
    [InlineData("exif_rotated")]
    [InlineData("exif_orientation")]
    [InlineData("color_mask")]
    [InlineData("lossy_mask")]
    [InlineData("wide_values")]
    [InlineData("unknown_value")]
    [InlineData("off_by_one")]
    [InlineData("stretched_ids")]
    [InlineData("ignored_class")]
    [InlineData("wrong_palette")]
    [InlineData("class_list_short")]
    [InlineData("class_list_long")]
    [InlineData("empty_class")]
    [InlineData("duplicate_image")]
    [InlineData("contradicting_masks")]
    [InlineData("leaked_image")]
    [InlineData("shared_split")]
    public void One_cause_is_one_fault(string id)
    {
        using var data = new ExampleData();
        FaultExamples.All[id].Spoil(data);
        Assert.Equal([id], data.Check().Faults.Select(fault => fault.Kind.Id));
    }

    [Fact]
    public void Every_kind_has_an_id_a_meaning_and_a_remedy_of_its_own()
    {
        Assert.True(FaultKinds.All.Count >= 25);
        Assert.Equal(FaultKinds.All.Count, FaultKinds.All.Select(kind => kind.Id).Distinct().Count());
        var declared = new[] { typeof(FaultKinds), typeof(KeypointFaultKinds) }.SelectMany(table => table.GetProperties());
        Assert.Equal(declared.Count(property => property.PropertyType == typeof(FaultKind)), FaultKinds.All.Count);
        Assert.All(FaultKinds.All, kind =>
        {
            Assert.Matches("^[a-z_]+$", kind.Id);
            Assert.EndsWith(".", kind.Meaning, StringComparison.Ordinal);
            Assert.EndsWith(".", kind.Remedy, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_documentation_has_every_kind_with_its_severity()
    {
        var path = Path.Combine(SourceFolder(), "..", "..", "..", "docs", "data.md");
        var text = File.ReadAllText(path);
        Assert.All(FaultKinds.All, kind => Assert.Contains(
            $"| `{kind.Id}` | {(kind.Severity == FaultSeverity.Error ? "error" : "warning")} | {kind.Meaning} | {kind.Remedy} |", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Classes_are_counted_in_pixels_and_in_images()
    {
        using var data = new ExampleData();
        ExampleData.WriteMask(data.Mask("val", "e"), (x, _) => x < 6 ? 1 : 255);
        var validation = data.Check().Splits[1];

        const int Column = ExampleData.Height;
        Assert.Equal([4 * Column, 10 * Column, 4 * Column], validation.Pixels);
        Assert.Equal([1, 2, 1], validation.ImagesWith);
        Assert.Equal(6 * Column, validation.IgnoredPixels);
        Assert.Equal((12, 8, 2), Assert.Single(validation.Sizes));
    }

    [Fact]
    public void Values_are_told_with_the_number_of_masks_that_hold_them()
    {
        using var data = new ExampleData();
        data.WriteMasks((x, _) => x == 0 ? 40 : x == 1 ? 50 : x / 4);
        var faults = data.Check().Faults;

        Assert.Equal([("unknown_value", "40", 5), ("unknown_value", "50", 5)], faults.Select(fault => (fault.Kind.Id, fault.Class!, fault.Files)));
        Assert.Contains("4 more masks hold it", faults[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_stand_alone_and_warnings_of_a_kind_together()
    {
        using var data = new ExampleData();
        foreach (var name in new[] { "a", "b" })
        {
            File.WriteAllBytes(data.Image("train", name), []);
            File.WriteAllText(data.At("images", "train", $"{name}.heic"), "?");
        }
        var report = data.Check();
        Assert.Equal([("empty_file", 1), ("empty_file", 1), ("unread_file", 2)], report.Faults.Select(fault => (fault.Kind.Id, fault.Files)));
        Assert.Equal((2, 1), (report.Errors, report.Warnings));
    }

    [Fact]
    public void The_report_is_the_same_for_any_number_of_threads()
    {
        using var data = new ExampleData();
        data.WriteMasks((x, _) => x == 0 ? 40 : x / 4);
        File.Delete(data.Mask("train", "b"));
        var one = data.Check().ToJson();
        data.Options = data.Options with { Threads = 4 };
        Assert.Equal(one, data.Check().ToJson());
    }

    [Fact]
    public void A_quick_check_looks_into_some_files_and_says_nothing_of_classes_it_cannot_know()
    {
        using var data = new ExampleData();
        for (var index = 0; index < 60; index++)
        {
            ExampleData.WriteImage(data.Image("train", $"x{index:d2}"), seed: 1000 + index);
            ExampleData.WriteMask(data.Mask("train", $"x{index:d2}"), (x, _) => x < 4 ? 0 : 1);
        }
        data.Options = data.Options with { Depth = CheckDepth.Quick };
        var report = data.Check();

        Assert.Equal((63, 24), (report.Splits[0].Images, report.Splits[0].Checked));
        Assert.Empty(report.Faults);
    }

    [Fact]
    public void The_report_as_JSON_has_the_documented_keys()
    {
        using var data = new ExampleData();
        File.Delete(data.Mask("train", "b"));
        using var json = JsonDocument.Parse(data.Check().ToJson());
        var root = json.RootElement;

        Assert.Equal((1, 0), (root.GetProperty("errors").GetInt32(), root.GetProperty("warnings").GetInt32()));
        var fault = root.GetProperty("faults")[0];
        Assert.Equal("missing_mask", fault.GetProperty("kind").GetString());
        Assert.Equal(("error", "train"), (fault.GetProperty("severity").GetString(), fault.GetProperty("split").GetString()));
        Assert.EndsWith("b.png", fault.GetProperty("file").GetString(), StringComparison.Ordinal);
        Assert.Equal("Add the mask or remove the image.", fault.GetProperty("remedy").GetString());
        var thing = root.GetProperty("splits")[0].GetProperty("classes")[1];
        Assert.Equal(("thing", 2), (thing.GetProperty("name").GetString(), thing.GetProperty("images").GetInt32()));
        Assert.Equal(1.0 / 3, thing.GetProperty("share").GetDouble(), 1e-12);
    }

    [Fact]
    public void Without_a_root_or_classes_nothing_can_be_checked()
    {
        using var data = new ExampleData();
        data.Config = data.Config with { Root = data.At("nowhere") };
        Assert.Contains("which data.root names", Assert.Throws<InputException>(data.Check).Message, StringComparison.Ordinal);
        data.Config = data.Config with { Root = data.Root, Classes = null };
        Assert.Contains("The classes are not known", Assert.Throws<InputException>(data.Check).Message, StringComparison.Ordinal);
    }

    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
