using System.Text.Json.Nodes;
using Seg.Models.Configuration;

namespace Seg.Train.Runs;

/// <summary>A key that has one value in one config and another in a second.</summary>
/// <param name="Key">With the keys around it: model.backbone.width.</param>
/// <param name="Before">Its value in the first config, as JSON; "nothing" where it is not there.</param>
/// <param name="Now">Its value in the second.</param>
public readonly record struct ConfigDifference(string Key, string Before, string Now)
{
    public override string ToString() => $"{Key} (was {Before}, is {Now})";

    /// <summary>All keys in which two configs differ, in the order of the keys.</summary>
    public static IReadOnlyList<ConfigDifference> Between(RunConfig before, RunConfig now) =>
        Between(ConfigReader.WriteJson(before), ConfigReader.WriteJson(now));

    /// <summary>Likewise, of two configs as JSON.</summary>
    public static IReadOnlyList<ConfigDifference> Between(string before, string now)
    {
        Dictionary<string, string> old = Flatten(before), young = Flatten(now);
        return [.. old.Keys.Union(young.Keys)
            .Select(key => new ConfigDifference(key, old.GetValueOrDefault(key, "nothing"), young.GetValueOrDefault(key, "nothing")))
            .Where(difference => difference.Before != difference.Now)];
    }

    private static Dictionary<string, string> Flatten(string config)
    {
        var values = new Dictionary<string, string>();
        Add(JsonNode.Parse(config), "");
        return values;

        void Add(JsonNode? node, string key)
        {
            if (node is not JsonObject map)
            {
                values[key] = node?.ToJsonString() ?? "null";
                return;
            }
            foreach (var (name, value) in map)
                Add(value, key.Length == 0 ? name : $"{key}.{name}");
        }
    }
}
