using OpenCvSharp;
using Seg.Models;
using Seg.Predict.Imaging;

namespace Seg.Predict.Tests.Imaging;

public sealed class ImageFileTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_png_keeps_every_value()
    {
        using var image = TestImages.Pattern(37, 23);
        ImageFile.Write(folder["x.png"], image);
        using var read = ImageFile.ReadColor(folder["x.png"]);
        Assert.Equal(TestImages.Values(image), TestImages.Values(read));
    }

    [Fact]
    public void Alpha_is_dropped_gray_is_tripled_and_16_bits_keep_their_upper_half()
    {
        using var alpha = new Mat(2, 2, MatType.CV_8UC4, new Scalar(10, 20, 30, 0));
        using var gray = new Mat(2, 2, MatType.CV_8UC1, new Scalar(77));
        using var deep = new Mat(2, 2, MatType.CV_16UC3, new Scalar(0x1234, 0x5678, 0x9ABC));
        Assert.Equal([10, 20, 30], Reread("alpha.png", alpha)[..3]);
        Assert.Equal([77, 77, 77], Reread("gray.png", gray)[..3]);
        Assert.Equal([0x12, 0x56, 0x9A], Reread("deep.png", deep)[..3]);
    }

    [Fact]
    public void A_missing_file_an_empty_one_a_folder_and_a_text_are_named_as_what_they_are()
    {
        File.WriteAllBytes(folder["empty.png"], []);
        File.WriteAllText(folder["text.jpg"], "This is no picture.");
        AssertFault(folder["none.png"], "There is no file");
        AssertFault(folder["empty.png"], "is empty");
        AssertFault(folder.Root, "is a folder");
        AssertFault(folder["text.jpg"], "not an image");
    }

    [Theory]
    [InlineData("x.png")]
    [InlineData("x.jpg")]
    public void A_file_cut_short_anywhere_is_refused(string name)
    {
        using var image = TestImages.Pattern(64, 48);
        ImageFile.Write(folder[name], image);
        var whole = File.ReadAllBytes(folder[name]);
        for (var length = 10; length < whole.Length; length += Math.Max(1, whole.Length / 60))
        {
            File.WriteAllBytes(folder[name], whole[..length]);
            AssertFault(folder[name], "is a truncated");
        }
        File.WriteAllBytes(folder[name], whole[..^1]);
        AssertFault(folder[name], "is a truncated");
        File.WriteAllBytes(folder[name], [.. whole, 0, 0, 0]);      // some cameras pad their files
        ImageFile.ReadColor(folder[name]).Dispose();
    }

    [Fact]
    public void The_end_of_a_thumbnail_is_not_taken_for_the_end_of_the_jpeg()
    {
        using var image = TestImages.Pattern(64, 48);
        ImageFile.Write(folder["x.jpg"], image);
        var whole = File.ReadAllBytes(folder["x.jpg"]);
        byte[] withThumbnail = [.. whole[..2], 0xFF, 0xE1, 0, 8, 0xFF, 0xD8, 1, 2, 0xFF, 0xD9, .. whole[2..]];
        File.WriteAllBytes(folder["x.jpg"], withThumbnail);
        ImageFile.ReadColor(folder["x.jpg"]).Dispose();
        File.WriteAllBytes(folder["x.jpg"], withThumbnail[..^200]);
        AssertFault(folder["x.jpg"], "is a truncated JPEG");
    }

    [Fact]
    public void A_png_with_a_changed_byte_is_refused_with_the_chunk_named()
    {
        using var image = TestImages.Pattern(64, 48);
        ImageFile.Write(folder["x.png"], image);
        var bytes = File.ReadAllBytes(folder["x.png"]);
        bytes[bytes.Length / 2] ^= 0x10;
        File.WriteAllBytes(folder["x.png"], bytes);
        AssertFault(folder["x.png"], "checksum of its IDAT chunk");
    }

    [Fact]
    public void A_mask_gives_its_stored_values()
    {
        using var gray = new Mat(3, 5, MatType.CV_8UC1, new Scalar(0));
        TestImages.Row(gray, 1)[2] = 255;
        TestImages.Row(gray, 2)[4] = 7;
        ImageFile.Write(folder["gray.png"], gray);
        using var read = ImageFile.ReadGray(folder["gray.png"]);
        Assert.Equal(TestImages.Values(gray), TestImages.Values(read));
    }

    [Fact]
    public void A_16_bit_mask_is_read_where_its_values_are_class_ids()
    {
        using var ids = new Mat(2, 2, MatType.CV_16UC1, new Scalar(200));
        ImageFile.Write(folder["ids.png"], ids);
        using var read = ImageFile.ReadGray(folder["ids.png"]);
        Assert.Equal([200, 200, 200, 200], TestImages.Values(read));

        using var instances = new Mat(2, 2, MatType.CV_16UC1, new Scalar(26001));
        ImageFile.Write(folder["instances.png"], instances);
        var fault = Assert.Throws<ImageFileException>(() => ImageFile.ReadGray(folder["instances.png"]));
        Assert.Contains("26001", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_colour_image_is_no_mask()
    {
        using var image = TestImages.Pattern(4, 4);
        ImageFile.Write(folder["x.png"], image);
        var fault = Assert.Throws<ImageFileException>(() => ImageFile.ReadGray(folder["x.png"]));
        Assert.Contains("has 3 channels", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_write_keeps_the_old_file_and_leaves_no_other()
    {
        File.WriteAllText(folder["old.png"], "old");
        using var image = TestImages.Pattern(4, 4);
        Directory.CreateDirectory(folder["old.png.tmp"]);
        Assert.Throws<IOException>(() => ImageFile.Write(folder["old.png"], image));
        Directory.Delete(folder["old.png.tmp"]);
        Assert.Throws<IOException>(() => ImageFile.Write(Path.Combine(folder.Root, "none/x.png"), image));
        Assert.Throws<IOException>(() => ImageFile.WriteToDisk(Path.Combine(folder.Root, "none/x.png"), image));
        Assert.Throws<InputException>(() => ImageFile.Write(folder["x.what"], image));
        Assert.Equal(["old.png"], folder.Files());
        Assert.Equal("old", File.ReadAllText(folder["old.png"]));
    }

    [Fact]
    public void What_is_too_large_to_be_encoded_in_memory_is_written_alike()
    {
        using var image = TestImages.Pattern(37, 23);
        foreach (var name in new[] { "x.png", "y.jpg" })
        {
            File.WriteAllText(folder["disk." + name], "old");
            ImageFile.Write(folder["memory." + name], image);
            ImageFile.WriteToDisk(folder["disk." + name], image);
            Assert.Equal(File.ReadAllBytes(folder["memory." + name]), File.ReadAllBytes(folder["disk." + name]));
        }
        Assert.Throws<IOException>(() => ImageFile.WriteToDisk(Path.Combine(folder.Root, "none/x.png"), image));
        Assert.Equal(4, folder.Files().Count);
    }

    private byte[] Reread(string name, Mat image)
    {
        ImageFile.Write(folder[name], image);
        using var read = ImageFile.ReadColor(folder[name]);
        Assert.Equal(MatType.CV_8UC3, read.Type());
        return TestImages.Values(read);
    }

    private static void AssertFault(string path, string what)
    {
        var fault = Assert.Throws<ImageFileException>(() => ImageFile.ReadColor(path));
        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
        Assert.Contains(what, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }
}
