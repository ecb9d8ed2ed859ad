using OpenCvSharp;
using Seg.Models;
using Seg.Train.Checks;

namespace Seg.Train.Datasets;

/// <summary>
/// COCO's instances: annotations/instances_train2017.json, and images in train2017; other splits alike. <c>annotation_file</c> and
/// <c>image_folder</c> name others.
/// </summary>
internal sealed class CocoLayout : DataLayout
{
    public override bool TakesClasses => true;

    public override string FolderOf(string split) => $"{split}2017";

    /// <summary>Those of the config; else the background and the categories of the training annotations, in the order of their ids.</summary>
    public override ClassTable Classes(SegmentationDataConfig config)
    {
        if (ConfiguredClasses.Find(config, readDefaultFile: false) is { } configured)
            return configured;
        var categories = CocoFile.Read(AnnotationFile(config, "train")).Categories;
        string[] names = [ShapeMask.Background, .. categories.OrderBy(category => category.Key).Select(category => category.Value)];
        if (names.Length > 255 || names.Distinct().Count() != names.Length)
            throw new InputException($"'{AnnotationFile(config, "train")}' names too many categories, or one twice; name the classes with data.classes.");
        return ClassTable.Numbered(new LabelSet { Names = names, Colors = [.. names.Select((_, index) => ClassPalette.Color(index))] });
    }

    public override SplitListing List(SegmentationDataConfig config, string split)
    {
        string path = AnnotationFile(config, split), folder = ImageFolder(config, split);
        if (!File.Exists(path))
            return new([], [new(FaultKinds.MissingFolder, $"There is no annotation file '{path}'.") { File = path }]);
        if (!Directory.Exists(folder))
            return new([], [new(FaultKinds.MissingFolder, $"There is no folder '{folder}' for the images.") { File = folder }]);
        CocoFile file;
        try
        {
            file = CocoFile.Read(path);
        }
        catch (InputException error)
        {
            return new([], [new(FaultKinds.BadAnnotation, error.Message) { File = path }]);
        }

        List<DataFault> faults = [];
        List<SamplePaths> samples = [];
        foreach (var image in file.Images)
        {
            var imagePath = Path.Combine(folder, image.FileName);
            if (File.Exists(imagePath))
                samples.Add(new(imagePath, path));
            else
                faults.Add(new(FaultKinds.MissingImage, $"'{path}' lists '{image.FileName}', which is not in '{folder}'.") { File = imagePath });
        }
        if (file.Images.Count == 0)
            faults.Add(new(FaultKinds.EmptySplit, $"'{path}' lists no images.") { File = path });
        return new(samples, faults);
    }

    public override IMaskReader MaskReader(SegmentationDataConfig config, string split, ClassTable classes) =>
        new Reader(CocoFile.Read(AnnotationFile(config, split)), ImageFolder(config, split), classes.Labels);

    private string AnnotationFile(SegmentationDataConfig config, string split) => At(config, config.AnnotationFile ?? "annotations/instances_{split}.json", split);

    private string ImageFolder(SegmentationDataConfig config, string split) => At(config, config.ImageFolder ?? SegmentationDataConfig.SplitPlaceholder, split);

    /// <summary>Draws an image's objects. Categories that are no class, as the user may want a few of the 80, are left out.</summary>
    private sealed class Reader(CocoFile file, string folder, LabelSet labels) : IMaskReader
    {
        private readonly Dictionary<string, CocoImage> images = file.Images
            .GroupBy(image => Path.Combine(folder, image.FileName)).ToDictionary(group => group.Key, group => group.First());

        private readonly ShapeMask masks = new(labels);

        public Mat Read(SamplePaths sample, int width, int height)
        {
            var image = images[sample.Image];
            if (ShapeFaults.OfSize(sample, (image.Width, image.Height), (width, height)) is { } fault)
                throw new InputException(fault.Message);
            return masks.Draw(file.Shapes(image), width, height);
        }

        public IReadOnlyList<DataFault> FaultsOfShapes(SamplePaths sample, int width, int height)
        {
            var image = images[sample.Image];
            return ShapeFaults.OfSize(sample, (image.Width, image.Height), (width, height)) is { } fault
                ? [fault]
                : [.. ShapeFaults.Of(file.Shapes(image), sample.Mask!, image.FileName, _ => true, width, height)];
        }
    }
}
