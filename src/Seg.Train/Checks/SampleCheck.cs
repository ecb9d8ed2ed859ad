using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;
using Seg.Train.Datasets;

namespace Seg.Train.Checks;

/// <summary>Looks at the content of one image and its mask. Several threads may use one.</summary>
internal sealed class SampleCheck(ClassTable classes, IMaskReader masks)
{
    private readonly int[] classOf = ClassOf(classes);

    public SampleFacts Inspect(SamplePaths paths)
    {
        SampleFacts facts = new(paths);
        var header = ImageCheck.Inspect(facts);
        if (paths.Mask is null)
            return facts;
        if (facts.Width > 0 && masks.FaultsOfShapes(paths, facts.Width, facts.Height) is { } faults)
            InspectShapes(facts, faults);
        else if (masks is FileMasks)
            InspectMask(facts, header);
        return facts;
    }

    private void InspectShapes(SampleFacts facts, IReadOnlyList<DataFault> faults)
    {
        facts.Faults.AddRange(faults);
        if (faults.Any(fault => fault.Kind.Severity == FaultSeverity.Error))
            return;
        using var mask = masks.Read(facts.Paths, facts.Width, facts.Height);
        var counts = Count(mask, places: null);
        facts.Pixels = counts[..classes.Labels.Count];
        facts.IgnoredPixels = counts[classes.Labels.IgnoreIndex];
        if (facts.Pixels.Sum() == 0)
            facts.Faults.Add(new(FaultKinds.UnlabelledMask, $"'{facts.Paths.Mask}' labels nothing of '{facts.Paths.Image}'.") { File = facts.Paths.Mask });
    }

    private void InspectMask(SampleFacts facts, ImageHeader? image)
    {
        var path = facts.Paths.Mask!;
        try
        {
            var bytes = ImageFile.ReadBytes(path);
            var header = ImageHeader.Read(bytes);
            ImageCheck.TellExtension(facts, path, header);
            if (header?.Format == ImageFormat.Jpeg)
            {
                Tell(FaultKinds.LossyMask, $"The mask '{path}' is a JPEG.");
                return;
            }
            if (header is { HasAlpha: true, Channels: 2 or 4 })
            {
                Tell(FaultKinds.AlphaMask, $"The mask '{path}' has an alpha channel.");
                return;
            }
            using var mask = ImageFile.ReadGray(path, bytes);
            if (header?.Bits == 16)
                Tell(FaultKinds.DeepMask, $"The mask '{path}' has 16 bits a pixel.");
            TellSize(facts, image, mask);
            TellValues(facts, mask, header?.Palette);
        }
        catch (ImageFileException error)
        {
            facts.Faults.Add(ImageCheck.Of(error, path));
        }

        void Tell(FaultKind kind, string detail) => facts.Faults.Add(new(kind, detail) { File = path });
    }

    private static void TellSize(SampleFacts facts, ImageHeader? image, Mat mask)
    {
        if (facts.Width == 0)
            return;
        string imagePath = facts.Paths.Image, maskPath = facts.Paths.Mask!;
        var orientation = image?.Orientation ?? 1;
        if ((mask.Cols, mask.Rows) == (facts.Width, facts.Height))
        {
            // Upright and stored size differ for orientations 5 to 8 of an oblong image alone; then the mask was drawn on the upright one.
            if (orientation > 1 && (orientation < 5 || facts.Width == facts.Height))
            {
                facts.Faults.Add(new(FaultKinds.ExifOrientation, $"'{imagePath}' is turned by its EXIF orientation {orientation}; the mask may not be.")
                { File = imagePath });
            }
        }
        else if (orientation >= 5 && (mask.Cols, mask.Rows) == (facts.Height, facts.Width))
        {
            facts.Faults.Add(new(FaultKinds.ExifRotated, $"'{imagePath}' is turned to {facts.Width} x {facts.Height} pixels by its EXIF orientation " +
                $"{orientation}, but its mask '{maskPath}' is {mask.Cols} x {mask.Rows}.")
            { File = imagePath });
        }
        else
        {
            facts.Faults.Add(new(FaultKinds.SizeMismatch, $"The mask '{maskPath}' is {mask.Cols} x {mask.Rows} pixels, but its image '{imagePath}' is " +
                $"{facts.Width} x {facts.Height}.")
            { File = maskPath });
        }
    }

    private void TellValues(SampleFacts facts, Mat mask, IReadOnlyList<Rgb>? palette)
    {
        var path = facts.Paths.Mask!;
        facts.Values = Count(mask, facts.FirstPlaces);
        facts.Pixels = new long[classes.Labels.Count];
        for (var value = 0; value < 256; value++)
        {
            if (classOf[value] >= 0)
                facts.Pixels[classOf[value]] += facts.Values[value];
            else if (classes.IgnoreValues.Contains(value))
                facts.IgnoredPixels += facts.Values[value];
        }
        if (facts.IgnoredPixels == (long)mask.Rows * mask.Cols)
            facts.Faults.Add(new(FaultKinds.UnlabelledMask, $"Every pixel of the mask '{path}' is ignored.") { File = path });
        if (palette is null || !classes.HasChosenColors)
            return;
        for (var value = 0; value < Math.Min(256, palette.Count); value++)
        {
            if (facts.Values[value] == 0 || classOf[value] < 0 || classes.Labels.Colors[classOf[value]] == palette[value])
                continue;
            var (own, other) = (classOf[value], Array.IndexOf(classes.Labels.Colors, palette[value]));
            if (other < 0)
                continue;
            facts.Faults.Add(new(FaultKinds.WrongPalette, $"The palette of '{path}' gives {value}, the id of '{classes.Labels.Names[own]}', the colour of " +
                $"'{classes.Labels.Names[other]}'.")
            { File = path, Class = classes.Labels.Names[own] });
            return;
        }
    }

    private static long[] Count(Mat mask, (int X, int Y)[]? places)
    {
        var counts = new long[256];
        for (var y = 0; y < mask.Rows; y++)
        {
            ReadOnlySpan<byte> row = mask.RowBytes(y);
            for (var x = 0; x < row.Length; x++)
            {
                if (counts[row[x]]++ == 0 && places is not null)
                    places[row[x]] = (x, y);
            }
        }
        GC.KeepAlive(mask);
        return counts;
    }

    /// <summary>The class of each value; −1 of values that are none.</summary>
    private static int[] ClassOf(ClassTable classes)
    {
        var table = Enumerable.Repeat(-1, 256).ToArray();
        for (var id = 0; id < classes.Ids.Count; id++)
            table[classes.Ids[id]] = id;
        return table;
    }
}
