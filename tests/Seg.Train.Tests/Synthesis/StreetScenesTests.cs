using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;
using Seg.Train.Synthesis;

namespace Seg.Train.Tests.Synthesis;

public sealed class StreetScenesTests : IDisposable
{
    private const byte Road = 7, Sidewalk = 8, Building = 11, Pole = 17, TrafficSign = 20, Vegetation = 21, Sky = 23, Person = 24, Car = 26;
    private static readonly byte[] Main = [Road, Sidewalk, Building, Pole, TrafficSign, Vegetation, Sky, Person, Car];
    private static readonly byte[] All = [.. Main, 12, 13, 19, 22, 25, 27, 28, 33];
    private static readonly SynthConfig Small = new() { Train = 3, Val = 2, Test = 1, Width = 128, Height = 64 };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_where_a_folder_must_be_is_named()
    {
        File.WriteAllText(folder.At("taken"), "");
        var error = Assert.Throws<IOException>(() => StreetScenes.Write(folder.At("taken/scenes"), Small));
        Assert.Contains($"'{folder.At("taken")}' is a file. Choose another folder.", error.Message);
    }

    [Fact]
    public void Files_stand_as_Cityscapes_has_them()
    {
        StreetScenes.Write(folder.Path, Small);
        var files = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Select(file =>
            Path.GetRelativePath(folder.Path, file)).ToHashSet();
        foreach (var (split, count) in new[] { ("train", 3), ("val", 2), ("test", 1) })
        {
            for (var i = 0; i < count; i++)
            {
                Assert.Contains($"leftImg8bit/{split}/synth/synth_{i:000000}_000019_leftImg8bit.png", files);
                Assert.Contains($"gtFine/{split}/synth/synth_{i:000000}_000019_gtFine_labelIds.png", files);
                Assert.Contains($"gtFine/{split}/synth/synth_{i:000000}_000019_gtFine_color.png", files);
            }
        }
        Assert.Equal(18, files.Count);
        using var image = ImageFile.ReadColor(folder.At("leftImg8bit/val/synth/synth_000001_000019_leftImg8bit.png"));
        using var labels = ImageFile.ReadGray(folder.At("gtFine/val/synth/synth_000001_000019_gtFine_labelIds.png"));
        Assert.Equal((128, 64, 128, 64), (image.Cols, image.Rows, labels.Cols, labels.Rows));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_with_any_number_of_threads_and_scenes()
    {
        StreetScenes.Write(folder.At("a"), Small with { Threads = 1 });
        StreetScenes.Write(folder.At("b"), Small with { Threads = 4, Train = 5 });
        foreach (var file in Directory.GetFiles(folder.At("a"), "*", SearchOption.AllDirectories))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(folder.At("b", Path.GetRelativePath(folder.At("a"), file))));
    }

    [Fact]
    public void Another_seed_another_index_and_another_split_give_other_scenes()
    {
        StreetScenes.Write(folder.Path, Small);
        var (other, _) = StreetScenes.Render(Small with { Seed = 2 }, 0);
        ImageFile.Write(folder.At("other.png"), other);
        other.Dispose();
        var images = Directory.GetFiles(folder.At("leftImg8bit"), "*.png", SearchOption.AllDirectories).Append(folder.At("other.png"));
        Assert.Equal(7, images.Select(file => Convert.ToBase64String(File.ReadAllBytes(file))).Distinct().Count());
    }

    [Theory]
    [InlineData(SceneClasses.Main)]
    [InlineData(SceneClasses.All)]
    public void Every_class_that_may_occur_does_and_no_other(SceneClasses classes)
    {
        var shares = Shares(classes, scenes: 40);
        Assert.Equal((classes == SceneClasses.Main ? Main : All).Order(), shares.Keys.Order());
        Assert.InRange(shares[Road], 0.15, 0.45);
        Assert.InRange(shares[Building], 0.12, 0.4);
        Assert.InRange(shares[Sky], 0.03, 0.2);
        Assert.InRange(shares[Vegetation], 0.05, 0.3);
        Assert.InRange(shares[Sidewalk], 0.03, 0.2);
        Assert.InRange(shares[Car], 0.05, 0.25);
        Assert.InRange(shares[Person], 0.005, 0.06);
        Assert.InRange(shares[Pole], 0.005, 0.04);
        Assert.InRange(shares[TrafficSign], 0.003, 0.03);
    }

    [Fact]
    public void The_edges_of_the_picture_lie_on_the_edges_of_the_mask()
    {
        // Across the edge of the sky the colour jumps; the same step two pixels away, still in the sky, shows next to none.
        double atEdge = 0, beside = 0;
        for (var i = 0; i < 10; i++)
        {
            var (image, labels) = StreetScenes.Render(new SynthConfig(), i);
            image.GetArray(out Vec3b[] pixels);
            labels.GetArray(out byte[] ids);
            for (var at = 4; at < ids.Length - 4; at++)
            {
                if (ids[at] == Building && ids.AsSpan(at - 4, 4).IndexOfAnyExcept(Sky) < 0
                    && ids.AsSpan(at, 4).IndexOfAnyExcept(Building) < 0)
                {
                    atEdge += Difference(pixels[at - 2], pixels[at + 1]);
                    beside += Difference(pixels[at - 4], pixels[at - 2]);
                }
            }
            image.Dispose();
            labels.Dispose();
        }
        Assert.True(atEdge > 4 * beside, $"{atEdge} at the edges, {beside} beside them");
    }

    [Fact]
    public void Colors_alone_do_not_tell_the_classes_apart()
    {
        // The nearest of the classes' mean colours is right for most pixels of an easy task; here it must not be.
        var means = new Dictionary<byte, (double B, double G, double R, int Count)>();
        List<(Vec3b Color, byte Id)> seen = [];
        for (var i = 0; i < 12; i++)
        {
            var (image, labels) = StreetScenes.Render(new SynthConfig { Width = 256, Height = 128, Classes = SceneClasses.Main }, i);
            image.GetArray(out Vec3b[] pixels);
            labels.GetArray(out byte[] ids);
            for (var at = 0; at < ids.Length; at += 7)
            {
                seen.Add((pixels[at], ids[at]));
                var (b, g, r, count) = means.GetValueOrDefault(ids[at]);
                means[ids[at]] = (b + pixels[at].Item0, g + pixels[at].Item1, r + pixels[at].Item2, count + 1);
            }
            image.Dispose();
            labels.Dispose();
        }
        var right = seen.Count(pixel => means.MinBy(mean => Math.Pow(mean.Value.B / mean.Value.Count - pixel.Color.Item0, 2)
            + Math.Pow(mean.Value.G / mean.Value.Count - pixel.Color.Item1,
                2) + Math.Pow(mean.Value.R / mean.Value.Count - pixel.Color.Item2, 2)).Key == pixel.Id);
        Assert.InRange((double)right / seen.Count, 0.05, 0.6);
    }

    [Fact]
    public void A_drive_has_its_frames_and_moves_from_each_to_the_next()
    {
        StreetScenes.WriteVideo(folder.At("drive.mp4"), Small with { Width = 192, Height = 96 }, seconds: 2, framesPerSecond: 10);
        using VideoCapture video = new(folder.At("drive.mp4"));
        Assert.Equal((20, 192, 96), (video.FrameCount, video.FrameWidth, video.FrameHeight));
        Assert.Equal(10, video.Fps, 3);
        using Mat first = new(), second = new(), last = new();
        Assert.True(video.Read(first) && video.Read(second));
        for (var i = 2; i < 20; i++)
            Assert.True(video.Read(last));
        double near = Mean(first, second), far = Mean(first, last);
        Assert.True(far > near && near > 0.5, $"{near} from frame to frame, {far} over the whole drive");
        Assert.Equal(["drive.mp4"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Wrong_numbers_are_refused_by_name()
    {
        Assert.Contains("width", Assert.Throws<InputException>(() => StreetScenes.Render(Small with { Width = 10 }, 0)).Message);
        Assert.Contains("train", Assert.Throws<InputException>(() => StreetScenes.Write(folder.Path, Small with { Train = -1 })).Message);
        Assert.Contains("even", Assert.Throws<InputException>(() =>
            StreetScenes.WriteVideo(folder.At("v.mp4"), Small with { Width = 129 })).Message);
        Assert.Throws<InputException>(() => StreetScenes.WriteVideo(folder.At("v.mp4"), Small, seconds: 0));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        File.WriteAllText(folder.At("file"), "");
        Assert.Contains("leftImg8bit", Assert.Throws<IOException>(() => StreetScenes.Write(folder.At("file"), Small)).Message);
    }

    [Fact]
    public void Cancelling_ends_it_and_leaves_whole_files_only()
    {
        using CancellationTokenSource source = new();
        Reporter reporter = new(done =>
        {
            if (done == 2)
                source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() =>
            StreetScenes.Write(folder.Path, Small with { Train = 500, Threads = 2 }, reporter, source.Token));
        var files = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories);
        Assert.InRange(files.Length, 6, 60);
        Assert.DoesNotContain(files, file => file.EndsWith(".tmp"));
        foreach (var file in files)
            ImageFile.ReadColor(file).Dispose();
    }

    private sealed class Reporter(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }

    private static Dictionary<byte, double> Shares(SceneClasses classes, int scenes)
    {
        var counts = new int[256];
        SynthConfig config = new() { Width = 256, Height = 128, Classes = classes };
        for (var i = 0; i < scenes; i++)
        {
            var (image, labels) = StreetScenes.Render(config, i);
            labels.GetArray(out byte[] ids);
            foreach (var id in ids)
                counts[id]++;
            image.Dispose();
            labels.Dispose();
        }
        return Enumerable.Range(0, 256).Where(id => counts[id] > 0).ToDictionary(id => (byte)id, id =>
            (double)counts[id] / (scenes * 256 * 128));
    }

    private static int Difference(Vec3b a, Vec3b b) =>
        Math.Abs(a.Item0 - b.Item0) + Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2);

    private static double Mean(Mat a, Mat b)
    {
        a.GetArray(out Vec3b[] first);
        b.GetArray(out Vec3b[] second);
        return first.Zip(second, Difference).Average();
    }
}
