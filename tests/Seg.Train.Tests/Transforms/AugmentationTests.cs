using OpenCvSharp;
using Seg.Models;
using Seg.Models.Configuration;
using Seg.Train.Datasets;
using Seg.Train.Tests.Datasets;
using Seg.Train.Transforms;

namespace Seg.Train.Tests.Transforms;

/// <summary>Each augmentation beside crop, flip and colours: it does what it says, and labels stay where their pixels are.</summary>
public class AugmentationTests
{
    private static readonly AugmentationConfig Plain = new() { CropSize = [32, 48], Scale = [1, 1], Flip = 0, Photometric = false };

    /// <summary>Every pixel shows its label: gray level 40 · label + 20, so that what is mixed or moved can be told.</summary>
    private sealed class TellingDataset(int count, bool mirrored = false) : ISegmentationDataset
    {
        public int Count => count;

        public LabelSet Labels { get; } = new() { Names = ["a", "b", "c", "d", "e"], Colors = [.. Enumerable.Range(0, 5).Select(ClassPalette.Color)] };

        public IReadOnlyList<(int Left, int Right)> MirroredClasses => mirrored ? [(1, 2)] : [];

        public string Name(int index) => $"{index}";

        public (Mat Image, Mat Labels) Read(int index)
        {
            var labels = Pictures.Mask(60, 40, (x, y) => (x / 12 + y / 20 + index) % 5);
            return (Pictures.Image(60, 40, (x, y) => Gray(labels.At<byte>(y, x))), labels);
        }
    }

    [Fact]
    public void By_default_none_of_them_is_on()
    {
        var config = ConfigReader.Parse<AugmentationConfig>("crop_size: [32, 48]", "test.yaml");
        Assert.Null(config.Rotate ?? (object?)config.Blur ?? config.Cutout ?? (object?)config.ClassMix ?? config.Mosaic);
        Assert.Equal((ImageFit.None, 1.0, 0.0), (config.Fit, config.CategoryRatio, config.ScaleStep));
    }

    [Fact]
    public void Sections_without_keys_turn_them_on()
    {
        var config = ConfigReader.Parse<AugmentationConfig>("{ rotate: {}, blur: {}, cutout: {}, class_mix: {}, mosaic: {} }", "test.yaml");
        Assert.Equal((10, 0.5, 0.5), (config.Rotate!.Degrees, config.ClassMix!.Probability, config.Mosaic!.Probability));
    }

    [Theory]
    [InlineData("rotate: { degrees: 200 }", "rotate.degrees is 200; must be 0 to 180")]
    [InlineData("rotate: { probability: 2 }", "rotate.probability is 2; must be a probability, 0 to 1")]
    [InlineData("blur: { sigma: [0, 1] }", "blur.sigma is [0, 1]; must be [least, greatest], each 0.1 to 20")]
    [InlineData("cutout: { holes: [3, 1] }", "cutout.holes is [3, 1]")]
    [InlineData("cutout: { size: [0.1, 2] }", "cutout.size is [0.1, 2]")]
    [InlineData("class_mix: { probability: -1 }", "class_mix.probability is -1")]
    [InlineData("mosaic: { center: [0, 1] }", "mosaic.center is [0, 1]; must be [least, greatest], each 0.1 to 0.9")]
    [InlineData("category_ratio: 0", "category_ratio is 0; must be above 0, and 1 at most")]
    [InlineData("scale_step: -1", "scale_step is -1")]
    [InlineData("fit: long_side", "base_size is not given; must be 1 to 16384 pixels")]
    [InlineData("base_size: 520", "base_size is read with fit: long_side or short_side alone")]
    public void Faults_name_the_key_and_the_rule(string yaml, string expected)
    {
        var error = Assert.ThrowsAny<InputException>(() => ConfigReader.Parse<AugmentationConfig>(yaml, "test.yaml"));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ImageFit.LongSide, 120, 120, 80)]
    [InlineData(ImageFit.ShortSide, 120, 180, 120)]
    [InlineData(ImageFit.Stretch, null, 48, 32)]
    public void An_image_is_fitted_before_it_is_scaled(ImageFit fit, int? baseSize, int width, int height)
    {
        var random = new SplitMix64(1);
        var plan = CropPlan.Draw(Plain with { Fit = fit, BaseSize = baseSize }, 60, 40, ref random);
        Assert.Equal((width, height), (plan.ScaledWidth, plan.ScaledHeight));
    }

    [Fact]
    public void Scales_come_in_steps_where_the_config_says_so()
    {
        var config = Plain with { Scale = [0.5, 1.6], ScaleStep = 0.1 };
        var widths = Enumerable.Range(0, 500).Select(index =>
        {
            var random = SplitMix64.For(0, 0, index);
            return CropPlan.Draw(config, 100, 100, ref random).ScaledWidth;
        }).Distinct().Order();
        Assert.Equal([50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150, 160], widths);      // the official 0.5 + k / 10, k of 0 to 11
    }

    [Fact]
    public void Turned_crops_keep_labels_on_their_pixels_and_ignore_what_is_outside()
    {
        var outside = 0;
        ForSamples(Plain with { Rotate = new() { Degrees = 45, Probability = 1 } }, (image, classes) =>
        {
            outside += classes.Count(label => label == 255);
            AssertLabelsFit(image, classes);
        });
        Assert.True(outside > 0);
    }

    [Fact]
    public void A_mirrored_image_has_left_and_right_exchanged()
    {
        var dataset = new TellingDataset(1, mirrored: true);
        var transform = new TrainTransform(Plain with { CropSize = [40, 60], Flip = 1 }, Normalization.ImageNet, 255, dataset.MirroredClasses);
        var classes = new byte[60 * 40];
        using var crop = transform.Crop(dataset, 0, new SplitMix64(1), classes);
        // The first row's labels are 0 1 2 3 4, twelve pixels each; mirrored 4 3 2 1 0, and with 1 and 2 exchanged 4 3 1 2 0.
        Assert.Equal([4, 3, 1, 2, 0], classes.Take(60).Chunk(12).Select(part => Assert.Single(part.Distinct())));
        Assert.Equal(Gray(2), crop.At<Vec3b>(0, 24));
    }

    [Fact]
    public void No_class_has_more_than_its_share_where_another_place_is_there()
    {
        // Nine tenths are of class 0: a crop anywhere is mostly one-sided, but not at the right end.
        var config = Plain with { CropSize = [16, 16] };
        using var labels = Pictures.Mask(160, 16, (x, _) => x < 144 ? 0 : x % 2 + 1);
        using var image = Pictures.Noise(160, 16);
        int OneSided(double ratio)
        {
            var transform = new TrainTransform(config with { CategoryRatio = ratio }, Normalization.ImageNet, 255);
            return Enumerable.Range(0, 200).Count(index =>
            {
                var classes = new byte[256];
                transform.Apply(image, labels, SplitMix64.For(3, 0, index), new float[256 * 3], classes);
                return classes.GroupBy(label => label).Max(group => group.Count()) > 0.75 * 256;
            });
        }
        var (before, after) = (OneSided(1), OneSided(0.75));
        Assert.True(after < 0.7 * before, $"{after} one-sided crops instead of {before}");
    }

    [Fact]
    public void Boxes_are_painted_over_and_ignored()
    {
        var cut = 0;
        ForSamples(Plain with { Cutout = new() { Holes = [2, 2], Size = [0.25, 0.25], Probability = 1 } }, (image, classes) =>
        {
            var ignored = classes.Count(label => label == 255);
            Assert.InRange(ignored, 12 * 8, 2 * 12 * 8);                     // two boxes, which may overlap
            for (var pixel = 0; pixel < classes.Length; pixel++)
            {
                if (classes[pixel] == 255)
                    Assert.Equal(new Vec3b(104, 116, 124), image.At<Vec3b>(pixel / 48, pixel % 48));    // the mean of ImageNet, in BGR
            }
            AssertLabelsFit(image, classes);
            cut++;
        });
        Assert.True(cut > 0);
    }

    [Fact]
    public void Blur_softens_borders_and_moves_no_label()
    {
        var sharp = new List<byte[]>();
        ForSamples(Plain, (_, classes) => sharp.Add(classes));
        var index = 0;
        var softened = 0;
        ForSamples(Plain with { Blur = new() { Sigma = [1, 1], Probability = 1 } }, (image, classes) =>
        {
            Assert.Equal(sharp[index++], classes);
            softened += Pictures.Bytes(image).Count(value => value % 40 != 20);
        });
        Assert.True(softened > 1000);
    }

    [Fact]
    public void Class_mix_puts_whole_classes_of_another_image_on_top()
    {
        var mixed = 0;
        var plain = new List<byte[]>();
        ForSamples(Plain, (_, classes) => plain.Add(classes));
        var index = 0;
        ForSamples(Plain with { ClassMix = new() { Probability = 1 } }, (image, classes) =>
        {
            AssertLabelsFit(image, classes);
            mixed += plain[index++].Zip(classes).Count(pair => pair.First != pair.Second);
        });
        Assert.True(mixed > 1000);
    }

    [Fact]
    public void A_mosaic_fills_the_crop_with_four_images()
    {
        var config = Plain with { Mosaic = new() { Probability = 1 }, Scale = [2, 2] };      // large enough that no part is padded
        var seams = 0;
        ForSamples(config, (image, classes) =>
        {
            AssertLabelsFit(image, classes);
            Assert.DoesNotContain((byte)255, classes);
            seams++;
        });
        Assert.True(seams > 0);

        var dataset = new CountingDataset(new TellingDataset(50));
        var transform = new TrainTransform(config, Normalization.ImageNet, 255);
        transform.Crop(dataset, 7, SplitMix64.For(0, 0, 7), new byte[32 * 48]).Dispose();
        Assert.Equal(4, dataset.Reads);
    }

    [Fact]
    public void All_together_give_the_same_batches_for_any_number_of_threads()
    {
        var all = new AugmentationConfig
        {
            CropSize = [24, 32],
            CategoryRatio = 0.75,
            Rotate = new(),
            Blur = new(),
            Cutout = new(),
            ClassMix = new(),
            Mosaic = new(),
        };
        var one = Batches(workers: 1);
        Assert.Equal(one, Batches(workers: 3));
        Assert.Equal(one, Batches(workers: 4));

        List<float[]> Batches(int workers)
        {
            using var loader = new BatchLoader(new TellingDataset(12, mirrored: true), all, Normalization.ImageNet, batchSize: 4, seed: 5, workers);
            List<float[]> contents = [];
            foreach (var batch in loader.Epoch(2))
            {
                using (batch)
                    contents.Add([.. batch.Images.contiguous().data<float>().ToArray(), .. batch.Targets.Main.data<byte>().ToArray().Select(label => (float)label)]);
            }
            return contents;
        }
    }

    private static Vec3b Gray(byte label) => new((byte)(40 * label + 20), (byte)(40 * label + 20), (byte)(40 * label + 20));

    private static void ForSamples(AugmentationConfig config, Action<Mat, byte[]> look)
    {
        var dataset = new TellingDataset(10);
        var transform = new TrainTransform(config, Normalization.ImageNet, 255);
        for (var index = 0; index < 10; index++)
        {
            var classes = new byte[transform.Width * transform.Height];
            using var crop = transform.Crop(dataset, index, SplitMix64.For(1, 0, index), classes);
            look(crop, classes);
        }
    }

    /// <summary>Where neighbours have one label, the pixel shows it; between labels, interpolation may mix them.</summary>
    private static void AssertLabelsFit(Mat image, byte[] classes)
    {
        int width = image.Cols, height = image.Rows, told = 0;
        for (var y = 1; y < height - 1; y++)
        {
            for (var x = 1; x < width - 1; x++)
            {
                var label = classes[y * width + x];
                var isInner = label != 255 && Enumerable.Range(-1, 3).All(dy => Enumerable.Range(-1, 3).All(dx => classes[(y + dy) * width + x + dx] == label));
                if (!isInner)
                    continue;
                told++;
                Assert.Equal(Gray(label), image.At<Vec3b>(y, x));
            }
        }
        Assert.True(told > width * height / 20, $"only {told} pixels tell something");
    }

    private sealed class CountingDataset(ISegmentationDataset dataset) : ISegmentationDataset
    {
        public int Reads { get; private set; }

        public int Count => dataset.Count;

        public LabelSet Labels => dataset.Labels;

        public string Name(int index) => dataset.Name(index);

        public (Mat Image, Mat Labels) Read(int index)
        {
            Reads++;
            return dataset.Read(index);
        }
    }
}
