using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Seg.Cli.Display;
using Seg.Cli.Options;
using Seg.Models.Networks;
using Seg.Models.Weights;
using Seg.Train.Jobs;

namespace Seg.Cli.Commands;

/// <summary><c>seg info</c>: what a network costs.</summary>
internal static class InfoCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = ConfigOptions.ConfigOrModel();
        Option<string> input = new("--input") { Description = "Shape of the input, CxHxW or NxCxHxW; the network's usual one by default.", HelpName = "SHAPE" };
        Option<string> depth = new("--depth") { Description = "Add up modules below so many parts of their names: 1 gives a line for each stage; all by default.", HelpName = "N" };
        Option<bool> json = new("--json") { Description = "Print JSON instead of a table." };
        var set = ConfigOptions.Set();
        ExampleCommand command = new("info", "Show a network's parameters and multiply-adds, in all and for each module.",
            "seg info seg_hrnet_w18s --input 3x512x1024",
            "seg info seg_hrnet_w48 --depth 1",
            "seg info runs/camvid_hrnet_w18s/best.safetensors --json")
        {
            model, input, depth, json, set,
        };
        command.Do(terminal, (parsed, terminal, _) =>
        {
            var name = parsed.GetRequiredValue(model);
            using var source = NetworkSource.Load(name, parsed.GetValue(set)!);
            var shape = source.InputShape(parsed.GetValue(input) is { } text ? NumberOptions.Shape("--input", text, 2, 5, "3x512x1024") : null);
            var cost = NetworkCost.Measure(source.Network, shape);
            if (parsed.GetValue(depth) is { } parts)
                cost = CostSummary.AtDepth(cost, NumberOptions.Whole("--depth", parts, minimum: 1));
            if (parsed.GetValue(json))
                terminal.Output.WriteLine(ToJson(name, source, shape, cost));
            else
                CostTable.Write(terminal.Output, name, source, shape, cost);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>name, parameters, multiply_adds, input [N, C, H, W], num_classes, classes or keypoints (of a trained model), modules [{name, type, output_shape, parameters, multiply_adds}].</summary>
    private static string ToJson(string name, NetworkSource source, long[] shape, NetworkCost cost)
    {
        JsonObject json = new()
        {
            ["name"] = name,
            ["parameters"] = cost.Parameters,
            ["multiply_adds"] = cost.MultiplyAdds,
            ["input"] = Numbers(shape),
            ["num_classes"] = source.Config.NumClasses,
        };
        if (source.Description is { } description)
            json[OutputKind(description)] = new JsonArray([.. description.OutputNames.Select(name => (JsonNode)name)]);
        json["modules"] = new JsonArray([.. cost.Modules.Select(module => (JsonNode)new JsonObject
        {
            ["name"] = module.Name,
            ["type"] = module.Type,
            ["output_shape"] = Numbers(module.OutputShape),
            ["parameters"] = module.Parameters,
            ["multiply_adds"] = module.MultiplyAdds,
        })]);
        return json.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    private static string OutputKind(ModelDescription description) => description is PoseDescription ? "keypoints" : "classes";

    private static JsonArray Numbers(IEnumerable<long> numbers) => new([.. numbers.Select(number => (JsonNode)number)]);
}
