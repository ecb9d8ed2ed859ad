using Seg.Models.Configuration;
using Seg.Train.Datasets;
using Seg.Train.Datasets.Keypoints;

namespace Seg.Train.Tests;

/// <summary>Every recipe in configs/, on generated data of its layout: with its own loss, schedule and augmentation, but a small network and small crops.</summary>
public class RecipeTests
{
    /// <summary>Folders that hold no recipes: bare networks, sets of keypoints.</summary>
    private static readonly string[] NotRecipes = ["keypoints", "models"];

    private static string Configs { get; } = Path.GetFullPath(Path.Combine(SourceFolder(), "..", "..", "configs"));

    public static TheoryData<string> Recipes => [.. Names];

    private static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Configs, "*.yaml", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Configs, path).Replace('\\', '/'))
            .Where(path => !NotRecipes.Contains(path.Split('/')[0])).Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Trains_on_data_of_its_layout(string recipe)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(Configs, recipe);
        var full = ConfigReader.Read<RunConfig>(path);
        if (full.Data is PoseDataConfig people)
            TinyPeople.Write(people with { Root = folder.At("data") });
        else
            TinyLayouts.Write(SegmentationDataConfig.Require(full.Data!).Format, folder.At("data"));
        var config = ConfigReader.Read<RunConfig>(path, [.. Small(full), $"data.root={folder.At("data")}"]);
        var progress = new RecordedProgress();

        var result = new Trainer(config, new TrainerOptions { RunDirectory = folder.At("run"), Threads = 1 }, progress).Run();

        Assert.Equal(2, progress.Steps.Count);
        Assert.All(progress.Steps, step => Assert.True(double.IsFinite(step.Loss)));
        Assert.InRange(result.BestScore!.Value, 0, 1);
        Assert.True(File.Exists(result.BestModel));
    }

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Has_as_many_outputs_as_its_data_has_classes_or_keypoints(string recipe)
    {
        var config = ConfigReader.Read<RunConfig>(Path.Combine(Configs, recipe));
        var outputs = config.Data is PoseDataConfig people
            ? people.ReadKeypoints().Count
            : DatasetFactory.Labels(SegmentationDataConfig.Require(config.Data!)).Count;
        Assert.Equal(outputs, config.Model.NumClasses);
    }

    [Fact]
    public void The_list_of_recipes_names_every_one()
    {
        var list = File.ReadAllText(Path.Combine(Configs, "README.md"));
        Assert.All(Names, recipe => Assert.Contains($"`{recipe}`", list, StringComparison.Ordinal));
    }

    /// <summary>What makes a run small enough for a test, and leaves loss, optimizer, schedule and augmentations as they are.</summary>
    private static List<string> Small(RunConfig config)
    {
        List<string> changes =
        [
            "train.epochs=1", "train.batch_size=2", "train.accumulate=1", "train.precision=fp32", "train.previews=1", "train.workers=1",
        ];
        if (config.Train.Schedule.WarmupSteps > 0)
            changes.Add("train.schedule.warmup_steps=1");
        changes.AddRange(config.Model switch
        {
            PoseConfig pose => Small(pose),
            BottomUpPoseConfig bottomUp => [Small(bottomUp.Backbone), "data.scenes.size=[64, 64]"],
            _ => Small((SegmentationConfig)config.Model, (SegmentationDataConfig)config.Data!),
        });
        return changes;
    }

    private static IEnumerable<string> Small(SegmentationConfig model, SegmentationDataConfig data)
    {
        yield return Small(model.Backbone);
        yield return "data.augmentation.crop_size=[48, 64]";
        if (model.Head is OcrHeadConfig)
            yield return "model.head={mid_channels: 8, key_channels: 4}";
        if (data.Augmentation.BaseSize is not null)
            yield return "data.augmentation.base_size=64";
        if (data.ValidationSize is not null)
            yield return "data.validation_size=[48, 48]";
    }

    private static IEnumerable<string> Small(PoseConfig model)
    {
        yield return Small(model.Backbone);
        yield return "data.augmentation.crop_size=[64, 32]";
        if (model.Head is SimccHeadConfig)
            yield return "model.head.input_size=[64, 32]";
    }

    private static string Small(BackboneConfig backbone) => backbone is HRNetConfig
        ? "model.backbone={width: 4, bottleneck_channels: 8, blocks_per_stage: [1, 1, 1, 1], modules_per_stage: [1, 1, 1]}"
        : "model.backbone={depth: null, units_per_stage: [1, 1, 1, 1], width: 4, stem_channels: 4}";

    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
