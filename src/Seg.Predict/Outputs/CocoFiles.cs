using Seg.Predict.Inputs;

namespace Seg.Predict.Outputs;

/// <summary>What COCO's files of all images have in common.</summary>
internal static class CocoFiles
{
    /// <summary>Run lengths of each class, in COCO-Stuff's results form.</summary>
    public const string Segments = "segments.json";

    /// <summary>Outlines of each region, as a COCO data set.</summary>
    public const string Polygons = "polygons.json";

    /// <summary>COCO's categories count from 1: 0 is what has none.</summary>
    public static int CategoryOf(int classId) => classId + 1;

    /// <summary>The image's file as a data set names it: below the folder that was given, where one was.</summary>
    public static string FileNameOf(InputItem input)
    {
        var below = input.Name + Path.GetExtension(input.Path);
        var path = input.Path.Replace(Path.DirectorySeparatorChar, '/');
        return path.EndsWith('/' + below, StringComparison.Ordinal) ? below : Path.GetFileName(input.Path);
    }
}
