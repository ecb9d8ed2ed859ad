using FsCheck;
using FsCheck.Fluent;
using Seg.Models.Configuration;

namespace Seg.Models.Tests.Configuration;

public sealed class ConfigReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private SampleConfig Read(string text, params string[] overrides) => ConfigReader.Read<SampleConfig>(folder.Write("a.yaml", text), overrides);

    private ConfigException Fault(string text, params string[] overrides) => Assert.Throws<ConfigException>(() => Read(text, overrides));

    [Fact]
    public void Reads_every_kind_of_value()
    {
        var config = Read("""
            name: sample   # a comment
            count: 12
            limit: 5000000000
            rate: 1e-3
            share: 0.5
            enabled: true
            ignore: 7
            start: official
            sizes: [4, 5, 6]
            words: [a b, "true", '12']
            note: "null"
            colors: [[1, 2, 3], [4, 5, 6]]
            weights: { road: 0.5, car: 2 }
            inner:
              depth: 3
            backbone: { name: hrnet, width: 18 }
            """);
        Assert.Equal("sample", config.Name);
        Assert.Equal(12, config.Count);
        Assert.Equal(5_000_000_000, config.Limit);
        Assert.Equal(0.001, config.Rate);
        Assert.Equal(0.5f, config.Share);
        Assert.True(config.Enabled);
        Assert.Equal(7, config.Ignore);
        Assert.Equal(Initialization.Official, config.Start);
        Assert.Equal([4, 5, 6], config.Sizes);
        Assert.Equal(["a b", "true", "12"], config.Words);
        Assert.Equal("null", config.Note);
        Assert.Equal([new Rgb(1, 2, 3), new Rgb(4, 5, 6)], config.Colors);
        Assert.Equal(2.0, config.Weights["car"]);
        Assert.Equal(3, config.Inner!.Depth);
        Assert.Equal(18, Assert.IsType<HRNetConfig>(config.Backbone).Width);
    }

    [Fact]
    public void What_is_left_out_keeps_its_default()
    {
        var config = Read("name: sample\nlimit: ~\nnote:\n");
        Assert.Equal(3, config.Count);
        Assert.Equal([1, 2], config.Sizes);
        Assert.Null(config.Limit);
        Assert.Null(config.Note);
        Assert.Null(config.Inner);
    }

    [Theory]
    [InlineData("name: x\ncuont: 3\n", 2, 1, "cuont", "unknown key 'cuont' in the configuration; did you mean 'count'?")]
    [InlineData("name: x\ninner:\n  depth: 3\n  titel: y\n", 4, 3, "inner.titel", "unknown key 'titel' in inner; did you mean 'title'?")]
    [InlineData("name: x\ninner: { depth: 3, zzzzzz: y }\n", 2, 20, "inner.zzzzzz", "unknown key 'zzzzzz' in inner; there are: depth, title")]
    [InlineData("count: 3\n", 1, 1, "name", "key 'name' is missing in the configuration")]
    [InlineData("name: x\ninner:\n  title: y\n", 3, 3, "inner.depth", "key 'depth' is missing in inner")]
    [InlineData("name: x\ncount: 3\ncount: 4\n", 3, 1, "count", "key 'count' stands twice, first in line 2; remove one")]
    [InlineData("name: x\ncount: many\n", 2, 8, "count", "count is 'many'; expected a whole number")]
    [InlineData("name: x\ncount: 3.5\n", 2, 8, "count", "count is '3.5'; expected a whole number")]
    [InlineData("name: x\ncount: '3'\n", 2, 8, "count", "count is '3'; expected a whole number")]
    [InlineData("name: x\ncount: 99999999999\n", 2, 8, "count", "count is 99999999999, which is out of range")]
    [InlineData("name: x\ncount:\n", 2, 7, "count", "count is empty; expected a whole number")]
    [InlineData("name: x\nrate: fast\n", 2, 7, "rate", "rate is 'fast'; expected a number")]
    [InlineData("name: x\nenabled: yes\n", 2, 10, "enabled", "enabled is 'yes'; expected true or false")]
    [InlineData("name: x\nignore: 256\n", 2, 9, "ignore", "ignore is 256, which is out of range")]
    [InlineData("name: x\nstart: kaming\n", 2, 8, "start", "start cannot be 'kaming'; did you mean 'kaiming'?")]
    [InlineData("name: x\nsizes: 3\n", 2, 8, "sizes", "sizes is '3'; expected a list")]
    [InlineData("name: x\nsizes: [1, two]\n", 2, 12, "sizes[1]", "sizes[1] is 'two'; expected a whole number")]
    [InlineData("name: [x]\n", 1, 7, "name", "name is a list of 1; expected text")]
    [InlineData("name: x\ninner: 3\n", 2, 8, "inner", "inner is '3'; expected a map of keys to values")]
    [InlineData("name: x\ncolors: [[1, 2]]\n", 2, 10, "colors[0]", "colors[0] is a list of 2; expected a list [r, g, b]")]
    [InlineData("name: x\nbackbone: { width: 3 }\n", 2, 11, "backbone.name", "key 'name' is missing in backbone; it is one of: hrnet, resnet")]
    [InlineData("name: x\nbackbone: { name: hrent }\n", 2, 19, "backbone.name", "unknown backbone.name 'hrent'; did you mean 'hrnet'?")]
    [InlineData("name: x\nbackbone: { name: hrnet, widht: 3 }\n", 2, 26, "backbone.widht", "unknown key 'widht' in backbone; did you mean 'width'?")]
    [InlineData("name: x\nbackbone: { name: hrnet, width: 0 }\n", 2, 33, "backbone.width", "backbone.width is 0; must be at least 1")]
    [InlineData("name: x\ncount: -1\n", 2, 8, "count", "count is -1; must be at least 0")]
    [InlineData("- a\n- b\n", 1, 1, "", "a configuration is a map of keys to values")]
    [InlineData("name: x\n---\nname: y\n", 2, 1, "", "a second document starts here; a configuration is one document")]
    [InlineData("name: !!int 3\n", 1, 7, "", "tags (tag:yaml.org,2002:int) have no meaning here; remove it")]
    public void Faults_name_file_line_column_key_and_remedy(string text, int line, int column, string key, string problem)
    {
        var fault = Fault(text);
        Assert.Equal($"{folder["a.yaml"]}:{line}:{column}: {problem}", fault.Message);
        Assert.Equal(key, fault.Key);
    }

    [Theory]
    [InlineData("name: 'x\n")]
    [InlineData("name: x\n  count: 3\n")]
    [InlineData("name: [1, 2\n")]
    [InlineData("name: *nowhere\n")]
    public void What_is_no_YAML_is_a_fault_with_its_place(string text) => Assert.Matches(@"a\.yaml:\d+:\d+: ", Fault(text).Message);

    [Fact]
    public void A_file_extends_another_key_by_key()
    {
        folder.Write("base/parent.yaml", "name: parent\ncount: 5\nsizes: [7, 8, 9]\ninner: { depth: 1, title: t }\n");
        var config = Read("extends: base/parent.yaml\nsizes: [3]\ninner: { depth: 2 }\n");
        Assert.Equal("parent", config.Name);
        Assert.Equal(5, config.Count);
        Assert.Equal([3], config.Sizes);
        Assert.Equal(new InnerConfig { Depth = 2, Title = "t" }, config.Inner);
    }

    [Fact]
    public void A_file_extends_several_the_later_over_the_earlier()
    {
        folder.Write("first.yaml", "name: first\ncount: 1\n");
        folder.Write("second.yaml", "name: second\n");
        var config = Read("extends: [first.yaml, second.yaml]\n");
        Assert.Equal("second", config.Name);
        Assert.Equal(1, config.Count);
    }

    [Fact]
    public void A_fault_in_an_extended_file_names_that_file()
    {
        folder.Write("parent.yaml", "name: x\n\ncuont: 3\n");
        Assert.StartsWith($"{folder["parent.yaml"]}:3:1: ", Fault("extends: parent.yaml\n").Message);
    }

    [Fact]
    public void A_part_of_another_kind_replaces_the_one_below_wholly()
    {
        folder.Write("parent.yaml", """
            model:
              type: segmentation
              backbone: { name: hrnet, width: 18 }
              head: { name: strip_pooling, pool_sizes: [6, 3] }
            """);
        var child = folder.Write("child.yaml", "extends: parent.yaml\nmodel: { head: { name: concat } }\n");
        var config = Assert.IsType<SegmentationConfig>(ConfigReader.Read<ModelFileConfig>(child).Model);
        Assert.IsType<ConcatHeadConfig>(config.Head);
        Assert.Equal(18, Assert.IsType<HRNetConfig>(config.Backbone).Width);
    }

    [Fact]
    public void Extending_in_a_circle_is_a_fault()
    {
        folder.Write("b.yaml", "extends: a.yaml\n");
        Assert.Equal($"{folder["b.yaml"]}:1:10: 'extends' goes in a circle: a.yaml → b.yaml → a.yaml", Fault("extends: b.yaml\nname: x\n").Message);
    }

    [Fact]
    public void Extending_what_is_not_there_is_a_fault() =>
        Assert.StartsWith($"{folder["a.yaml"]}:1:10: 'extends' names nowhere.yaml, but there is no ", Fault("extends: nowhere.yaml\nname: x\n").Message);

    [Fact]
    public void Overrides_stand_above_the_file()
    {
        var config = Read("name: x\ncount: 1\ninner: { depth: 1, title: t }\n", "count=2", "inner.depth=5", "sizes=[9]", "note=", "weights={a: 1}");
        Assert.Equal(2, config.Count);
        Assert.Equal(new InnerConfig { Depth = 5, Title = "t" }, config.Inner);
        Assert.Equal([9], config.Sizes);
        Assert.Null(config.Note);
        Assert.Equal(1, config.Weights["a"]);
    }

    [Theory]
    [InlineData("backbone.name=hrnet", "backbone.width=4")]
    [InlineData("backbone.width=4", "backbone.name=hrnet")]
    public void Overrides_of_one_part_hold_in_any_order(string first, string second) =>
        Assert.Equal(4, Assert.IsType<HRNetConfig>(Read("name: x\n", first, second).Backbone).Width);

    [Theory]
    [InlineData("inner.dept=5", "--set inner.dept=5: unknown key 'dept' in inner; did you mean 'depth'?")]
    [InlineData("count=many", "--set count=many: count is 'many'; expected a whole number")]
    [InlineData("count", "--set count: an override is written key=value, with dots between keys: model.num_classes=11")]
    [InlineData("=3", "--set =3: an override is written key=value, with dots between keys: model.num_classes=11")]
    public void Faults_in_overrides_name_the_override(string text, string message) =>
        Assert.Equal(message, Fault("name: x\ninner: { depth: 1 }\n", text).Message);

    [Fact]
    public void Aliases_of_aliases_do_not_exhaust_the_memory()
    {
        var text = "name: x\na0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n";
        for (var i = 1; i < 10; i++)
            text += $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n";
        Assert.Contains("more than 100000 values", Fault(text).Message);
    }

    [Fact]
    public void Deep_nesting_does_not_exhaust_the_stack() => Assert.Contains("nested more than", Fault("name: " + new string('[', 100_000)).Message);

    [Fact]
    public void What_is_written_reads_back_equal()
    {
        var config = new SampleConfig
        {
            Name = "true",
            Count = 0,
            Limit = long.MaxValue,
            Rate = 0.1 + 0.2,
            Share = 1f / 3,
            Enabled = true,
            Start = Initialization.Official,
            Sizes = [],
            Words = ["", "null", "a: b # c", "- x", "'q'", "ü €", "line\nbreak", " led by space"],
            Note = "~",
            Colors = [new(1, 2, 3)],
            Weights = new() { ["a b"] = 1e-300 },
            Inner = new() { Depth = -4, Title = "12" },
            Backbone = new HRNetConfig { Width = 7, BlocksPerStage = [1, 1, 1, 1] },
        };
        AssertSame(config, Read(ConfigReader.Write(config)));
        AssertSame(config, ConfigReader.Parse<SampleConfig>(ConfigReader.WriteJson(config), "json"));
    }

    [Fact]
    public void Any_text_survives_writing_and_reading() => Prop.ForAll(ArbMap.Default.ArbFor<UnicodeString>(), text =>
    {
        // Half of a surrogate pair is no text, and files cannot hold it.
        var name = new string([.. (text.Get ?? "").Where(letter => !char.IsSurrogate(letter))]);
        var config = new SampleConfig { Name = name };
        return ConfigReader.Parse<SampleConfig>(ConfigReader.Write(config), "yaml").Name == name
            && ConfigReader.Parse<SampleConfig>(ConfigReader.WriteJson(config), "json").Name == name;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_bare_name_finds_a_model_and_a_wrong_one_is_told_the_nearest()
    {
        Assert.EndsWith("seg_hrnet_w18s.yaml", ConfigReader.Find("seg_hrnet_w18s"));
        Assert.Contains("did you mean 'seg_hrnet_w48'?", Assert.Throws<InputException>(() => ConfigReader.Find("seg_hrnet_w49")).Message);
        Assert.Equal("There is no configuration nowhere/x.yaml.", Assert.Throws<InputException>(() => ConfigReader.Find("nowhere/x.yaml")).Message);
        Assert.Equal("'./' is a folder, not a configuration.", Assert.Throws<InputException>(() => ConfigReader.Find("./")).Message);
        Assert.StartsWith("'runs/x/best.safetensors' is a trained model, not a configuration",
            Assert.Throws<InputException>(() => ConfigReader.Find("runs/x/best.safetensors")).Message);
    }

    [Fact]
    public void A_record_in_a_file_of_its_own_is_found_beside_the_file_that_names_it_and_around_that_before_the_programs_own()
    {
        string[] places = ["project/runs/a/set.yaml", "project/runs/a/lsp", "project/configs/keypoints/lsp.yaml"];
        foreach (var place in places)
            folder.Write(place, $"keypoints: [{{ name: '{place}' }}]");

        Assert.Equal(places[0], Named(folder.Write("project/runs/a/config.yaml", "set: set.yaml")));
        Assert.Equal(places[1], Named(folder.Write("project/runs/a/config.yaml", "set: lsp")));
        Assert.Equal(places[2], Named(folder.Write("project/runs/b/config.yaml", "set: lsp")));
        Assert.Equal("right_ankle", Named(folder.Write("elsewhere/config.yaml", "set: lsp")));
        Assert.Equal("here", Named(folder.Write("elsewhere/config.yaml", "set: { keypoints: [{ name: here }] }")));
        Assert.Equal("nose", ConfigReader.Read<SetConfig>(folder["elsewhere/config.yaml"], ["set=coco"]).Set!.Keypoints[0].Name);

        static string Named(string config) => ConfigReader.Read<SetConfig>(config).Set!.Keypoints[0].Name;
    }

    [Fact]
    public void A_record_in_a_file_of_its_own_that_is_missing_or_faulty_is_named()
    {
        folder.Write("faulty.yaml", "keypoints: []");
        Assert.EndsWith("config.yaml:1:6: set: 'lspp' is neither a file nor a keypoint set of configs/keypoints; did you mean 'lsp'?", Fault("lspp"));
        Assert.EndsWith("config.yaml:1:6: set: There is no configuration none.yaml.", Fault("none.yaml"));
        Assert.Contains("faulty.yaml:1:12: keypoints is an empty list", Fault("faulty.yaml"));

        string Fault(string name) =>
            Assert.Throws<ConfigException>(() => ConfigReader.Read<SetConfig>(folder.Write("config.yaml", $"set: {name}"))).Message;
    }

    [Fact]
    public void What_was_read_from_a_file_of_its_own_is_written_in_place()
    {
        var text = ConfigReader.Write(new SetConfig { Set = KeypointSetConfig.Read("mpii") });
        Assert.Contains("- {name: ", text);
        Assert.Equal(KeypointSet.Read("mpii").Names, ConfigReader.Parse<SetConfig>(text, "yaml").Set!.ToKeypointSet().Names);
    }

    // Records compare arrays by reference; their text says all.
    private static void AssertSame(SampleConfig expected, SampleConfig actual) => Assert.Equal(ConfigReader.Write(expected), ConfigReader.Write(actual));
}
