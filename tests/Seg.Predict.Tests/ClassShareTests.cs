namespace Seg.Predict.Tests;

public class ClassShareTests
{
    [Fact]
    public void Classes_that_occur_are_counted_largest_first()
    {
        var shares = ClassShare.Of(new LabelMap(5, 2, [2, 2, 2, 0, 255, 2, 0, 9, 2, 2]), TestImages.Classes);
        Assert.Equal(["car", "road"], shares.Select(share => share.Name));
        Assert.Equal([6, 2], shares.Select(share => share.Pixels));
        Assert.Equal([0.6, 0.2], shares.Select(share => share.Share));
    }

    [Fact]
    public void A_label_map_of_the_wrong_length_is_refused() => Assert.Throws<ArgumentException>(() => new LabelMap(3, 2, new byte[5]));
}
