using Seg.Models.Configuration;

namespace Seg.Models.Tests.Configuration;

public class ResNetConfigTests
{
    [Theory]
    [InlineData("depth: 34", "model.backbone.depth is 34; must be 26, 50, 101, 152, or give units_per_stage")]
    [InlineData("width: 8", "model.backbone.depth and units_per_stage exclude each other; give one of them")]
    [InlineData("depth: 50, units_per_stage: [1, 1, 1, 1]", "model.backbone.depth and units_per_stage exclude each other; give one of them")]
    [InlineData("units_per_stage: [0, 0, 0, 0]", "model.backbone.units_per_stage must be four numbers, each 0 or more and not all 0")]
    [InlineData("depth: 50, key: a.b", "model.backbone.key is 'a.b'; must be letters, digits and underscores")]
    [InlineData("depth: 50, strides: [1, 2, 3, 1]", "model.backbone.strides must be four numbers, each 1 or 2")]
    [InlineData("depth: 50, dilations: [[1], [1], [1], []]", "model.backbone.dilations must be four lists, each of at least one number, each at least 1")]
    [InlineData("depth: 50, placements: [{ place: gate, block: { name: rga } }]", "model.backbone.placements[0].block is rga, which cannot be a gate; strip_pooling can")]
    [InlineData("depth: 50, placements: [{ place: gate, stages: [5], block: { name: strip_pooling } }]", "model.backbone.placements[0].stages must be numbers of stages, each 1 to 4")]
    [InlineData("depth: 50, placements: [{ place: gate, units: [0], block: { name: strip_pooling } }]", "model.backbone.placements[0].units must be numbers of residual units: 1 is the first of a stage, -1 the last")]
    [InlineData("depth: 50, placements: [{ place: gate, key: a, block: { name: strip_pooling } }]", "model.backbone.placements[0].key cannot be given where the place is gate")]
    [InlineData("depth: 50, placements: [{ place: after_stage, units: [1], block: { name: non_local } }]", "model.backbone.placements[0].units cannot be given where the place is after_stage")]
    [InlineData("depth: 50, placements: [{ place: after_unit, units: [4], stages: [1], block: { name: non_local } }]", "model.backbone.placements number 1 (non_local) is at unit 4 of stage 1, which has 3")]
    [InlineData("depth: 50, width: 30, placements: [{ place: convolution, stages: [1], block: { name: sk_conv } }]", "model.backbone.placements number 1 (sk_conv) at stage 1: groups is 32; must divide the channels in (30) and out (30)")]
    [InlineData("depth: 50, dilations: [[1], [1], [1, 2], [1]], placements: [{ place: convolution, block: { name: local_relation } }]", "model.backbone.placements number 1 (local_relation) in unit 2 of stage 3: kernel has no dilation, and the place asks for 2; give the network no dilation there, or a wider kernel")]
    [InlineData("depth: 50, stem: deep, placements: [{ place: stem, block: { name: sk_conv } }]", "model.backbone.placements number 1 (sk_conv) is in the stem, which must then be plain, not deep")]
    [InlineData("depth: 50, placements: [{ place: after_unit, block: { name: non_local } }, { place: after_unit, units: [1], block: { name: non_local } }]", "model.backbone.placements number 2 (non_local) has the key of an earlier one at the same place; give it a key")]
    public void What_cannot_be_is_told_with_its_place(string backbone, string problem)
    {
        var error = Assert.Throws<ConfigException>(() => ConfigReader.Parse<ModelFileConfig>(
            $"model: {{ type: classification, backbone: {{ name: resnet, {backbone} }} }}", "test"));
        Assert.EndsWith(problem, error.Message);
    }

    [Theory]
    [InlineData("maps: [0]", "model.head has maps [0]; each must be 1 to 4, or -1 (the last) to -4, of the 4 that the backbone hands on")]
    [InlineData("maps: [5]", "model.head has maps [5]; each must be 1 to 4, or -1 (the last) to -4, of the 4 that the backbone hands on")]
    [InlineData("maps: []", "model.head has maps []; each must be 1 to 4, or -1 (the last) to -4, of the 4 that the backbone hands on")]
    public void A_head_on_maps_that_are_not_there_is_an_error(string maps, string problem)
    {
        var error = Assert.Throws<ConfigException>(() => ConfigReader.Parse<ModelFileConfig>(
            $"model: {{ type: segmentation, backbone: {{ name: resnet, depth: 50 }}, head: {{ name: concat, {maps} }} }}", "test"));
        Assert.EndsWith(problem, error.Message);
    }

    [Fact]
    public void Dilations_go_on_with_the_last_one()
    {
        var config = new ResNetConfig { Depth = 50, Dilations = [[1], [1], [1, 2], [4, 8, 16]] };
        Assert.Equal([1, 2, 2, 2, 2, 2], Enumerable.Range(1, 6).Select(unit => config.DilationOf(stage: 3, unit)));
        Assert.Equal([4, 8, 16], Enumerable.Range(1, 3).Select(unit => config.DilationOf(stage: 4, unit)));
    }
}
