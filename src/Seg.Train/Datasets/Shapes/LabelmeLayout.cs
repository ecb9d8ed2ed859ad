using OpenCvSharp;
using Seg.Models;
using Seg.Train.Checks;

namespace Seg.Train.Datasets;

/// <summary>
/// Annotations by labelme (github.com/wkentaro/labelme): a folder for each split, and in it beside each image a JSON file of shapes.
/// </summary>
internal sealed class LabelmeLayout : DataLayout
{
    public override bool TakesClasses => true;

    public override ClassTable Classes(SegmentationDataConfig config) => ConfiguredClasses.Require(config);

    public override SplitListing List(SegmentationDataConfig config, string split)
    {
        var folder = Path.Combine(config.Root, Folder(config, split));
        List<DataFault> faults = [];
        if (PairFinder.Files(folder, "images", faults) is not { } images)
            return new([], faults);
        if (images.Count == 0)
            faults.Add(PairFinder.Empty(folder, "images"));

        List<SamplePaths> samples = [];
        HashSet<string> used = [];
        foreach (var image in images)
        {
            var json = Path.ChangeExtension(image, ".json");
            if (!File.Exists(json))
                faults.Add(new(FaultKinds.MissingMask, $"The image '{image}' has no mask: there is no '{json}'.") { File = image });
            else if (!used.Add(json))
                faults.Add(new(FaultKinds.DoubledName, $"'{image}' and another image beside it are both named as '{json}' is.") { File = image });
            else
                samples.Add(new(image, json));
        }
        foreach (var json in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            // macOS puts "._a.json" beside a.json.
            if (!used.Contains(json) && !Path.GetFileName(json).StartsWith('.'))
                faults.Add(new(FaultKinds.MissingImage, $"The annotation '{json}' has no image beside it.") { File = json });
        }
        return new(samples, faults);
    }

    public override IMaskReader MaskReader(SegmentationDataConfig config, string split, ClassTable classes) => new Reader(classes.Labels);

    private sealed class Reader(LabelSet labels) : IMaskReader
    {
        private readonly ShapeMask masks = new(labels);

        public Mat Read(SamplePaths sample, int width, int height)
        {
            var file = LabelmeFile.Read(sample.Mask!);
            if (Faults(file, sample, width, height).FirstOrDefault(fault => fault.Kind.Severity == FaultSeverity.Error) is { } fault)
                throw new InputException(fault.Message);
            return masks.Draw(file.Shapes, width, height);
        }

        public IReadOnlyList<DataFault> FaultsOfShapes(SamplePaths sample, int width, int height)
        {
            try
            {
                return [.. Faults(LabelmeFile.Read(sample.Mask!), sample, width, height)];
            }
            catch (InputException error)
            {
                return [new(FaultKinds.BadAnnotation, error.Message) { File = sample.Mask }];
            }
        }

        private IEnumerable<DataFault> Faults(LabelmeFile file, SamplePaths sample, int width, int height)
        {
            if (file is { Width: { } drawnWidth, Height: { } drawnHeight })
            {
                if (ShapeFaults.OfSize(sample, (drawnWidth, drawnHeight), (width, height)) is { } fault)
                    return [fault];
            }
            return ShapeFaults.Of(file.Shapes, sample.Mask!, image: null, label => masks.Knows(label), width, height);
        }
    }
}
