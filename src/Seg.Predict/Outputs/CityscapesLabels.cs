using Seg.Models;

namespace Seg.Predict.Outputs;

/// <summary>Cityscapes' labels (Cordts et al., arXiv:1604.01685; cityscapesScripts, helpers/labels.py).</summary>
public static class CityscapesLabels
{
    /// <summary>Names by label id: 0 is what has none. The script's −1, licence plates, is no label of images.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "unlabeled", "ego vehicle", "rectification border", "out of roi", "static", "dynamic", "ground", "road", "sidewalk", "parking",
        "rail track", "building", "wall", "fence", "guard rail", "bridge", "tunnel", "pole", "polegroup", "traffic light", "traffic sign",
        "vegetation", "terrain", "sky", "person", "rider", "car", "truck", "bus", "caravan", "trailer", "train", "motorcycle", "bicycle",
    ];

    /// <summary>The label id of each of a model's class ids, 0 to 255; that of ids that are no class is 0.</summary>
    /// <exception cref="InputException">A class is none of Cityscapes'.</exception>
    public static byte[] IdsOf(LabelSet classes)
    {
        var ids = new byte[256];
        for (var id = 0; id < classes.Count; id++)
        {
            var name = classes.Names[id];
            var label = Names.Index().FirstOrDefault(one => one.Item.Equals(name.Replace('_', ' '), StringComparison.OrdinalIgnoreCase), (Index: -1, Item: ""));
            ids[id] = label.Index >= 0
                ? (byte)label.Index
                : throw new InputException($"The model's classes are not those of Cityscapes: '{name}' is none of them, and has no label id there.");
        }
        return ids;
    }
}
