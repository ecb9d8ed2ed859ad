using FsCheck;
using FsCheck.Fluent;
using OpenCvSharp;
using Seg.Predict.Imaging;

namespace Seg.Predict.Tests.Imaging;

public class RunLengthsTests
{
    [Theory]
    // By hand: letters from '0' (48) on with 5 bits each, the lowest first, 32 more where another follows, 16 for "negative" in the last;
    // from the fourth count on the difference to the one before the last.
    [InlineData(new int[] { 20 }, "d0")]                        // 20 = 10100: with 16 set, a letter of 0 must follow
    [InlineData(new int[] { 0, 20 }, "0d0")]
    [InlineData(new int[] { 0, 1, 2, 1 }, "0120")]
    [InlineData(new int[] { 15, 16, 31, 32 }, "?`0o0`0")]       // the last is 32 − 16 = 16
    [InlineData(new int[] { 1, 40, 7, 3, 7 }, "1X17kN0")]       // 3 − 40 = −37, 7 − 7 = 0
    [InlineData(new int[] { 1536 }, "P`1")]
    public void Counts_become_letters(int[] counts, string text)
    {
        Assert.Equal(text, RunLengths.Encode(counts));
        Assert.Equal(counts, RunLengths.Decode(text));
    }

    [Fact]
    public void Any_counts_come_back() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).Or(Gen.Choose(0, 300)).ArrayOf().ToArbitrary(), counts =>
            Assert.Equal(counts, RunLengths.Decode(RunLengths.Encode(counts)))).QuickCheckThrowOnFailure();

    // Texts of the authors' own rleEncode and rleToString (cocodataset/cocoapi, common/maskApi.c) for these masks.
    public static TheoryData<int, int, Func<int, int, bool>, string> OfficialTexts => new()
    {
        { 5, 4, (_, _) => true, "0d0" },
        { 1, 1, (_, _) => true, "01" },
        { 2, 2, (x, y) => x == y, "0120" },
        { 1, 5, (_, y) => y >= 2, "23" },
        { 40, 30, (x, y) => (x - 20) * (x - 20) + (y - 14) * (y - 14) < 100, "d:9d02M4N0O2N2O0000000000000001N2N102L3NS9" },
        {
            17, 23, (x, y) => (x * 7 + y * 13) % 23 < 9,
            "01100030M00010O0001000O00030M00010O010O010O00030M0001000O00010O00030M0010O10O00010O00030N0O00010O00010O00060J00010O00010"
            + "O0010O30M00010O0001000O00030M00010O0001000O00030M00010O10O0010O00030M0001000O00010O00030M010O010O00010O00030N0O00010O000"
            + "10O0001020M00010O00010O010O030M00010O0001000O00030M00010O000"
        },
        {
            640, 480, (x, y) => (x is >= 100 and < 110 && y is >= 50 and < 400) || (x >= 600 && y < 3),
            "bm^1n:R400000000000000000^dU7UE]fjH000000000000000000000000000000000000000000000000000000000000000000000000000000"
        },
    };

    [Theory]
    [MemberData(nameof(OfficialTexts))]
    public void Masks_are_encoded_as_the_authors_code_does_it(int width, int height, Func<int, int, bool> isInside, string text)
    {
        var map = Map(width, height, (x, y) => isInside(x, y) ? 1 : 0);
        var regions = RunLengths.OfClasses(map, 2);
        Assert.Equal(text, RunLengths.Encode(regions[1]!.Counts));
        Assert.Equal(map.Count()[1], regions[1]!.Area);
    }

    [Fact]
    public void All_classes_of_any_map_come_back() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var (width, height, classes) = (random.Next(1, 20), random.Next(1, 20), random.Next(1, 6));
            var map = Map(width, height, (_, _) => random.Next(4) == 0 ? random.Next(classes) : 0);
            using Mat filled = new(height, width, MatType.CV_8UC1, Scalar.All(99));
            var regions = RunLengths.OfClasses(map, 8);
            for (var id = 0; id < 8; id++)
            {
                Assert.Equal(map.Labels.Contains((byte)id), regions[id] is not null);
                if (regions[id] is not { } region)
                    continue;
                Assert.Equal((width, height, width * height), (region.Width, region.Height, region.Counts.Sum()));
                Assert.All(region.Counts.Skip(1), count => Assert.True(count > 0));
                (region with { Counts = RunLengths.Decode(RunLengths.Encode(region.Counts)) }).Fill(filled, (byte)id);
            }
            Assert.Equal(map.Labels, TestImages.Values(filled));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Ids_that_are_no_class_are_outside()
    {
        var regions = RunLengths.OfClasses(new LabelMap(3, 1, [1, 255, 1]), 2);
        Assert.Null(regions[0]);
        Assert.Equal([0, 1, 1, 1], regions[1]!.Counts);
    }

    private static LabelMap Map(int width, int height, Func<int, int, int> idAt)
    {
        var labels = new byte[width * height];
        for (var index = 0; index < labels.Length; index++)
            labels[index] = (byte)idAt(index % width, index / width);
        return new LabelMap(width, height, labels);
    }
}
